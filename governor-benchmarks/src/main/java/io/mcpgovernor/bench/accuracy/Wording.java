package io.mcpgovernor.bench.accuracy;

import java.util.Arrays;
import java.util.List;

/**
 * How people introduce a value.
 *
 * @param keys names of fields, in snake case
 * @param labels what stands before a colon, or at the head of a column
 * @param sentences templates with {@code {}} where the value goes
 */
record Wording(List<String> keys, List<String> labels, List<String> sentences) {
  Wording {
    keys = List.copyOf(keys);
    labels = List.copyOf(labels);
    sentences = List.copyOf(sentences);
  }

  /** Each of the three parted by {@code |}. */
  static Wording of(String keys, String labels, String sentences) {
    return new Wording(parted(keys), parted(labels), parted(sentences));
  }

  private static List<String> parted(String text) {
    return Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
  }
}
