package io.mcpgovernor.cli.doctor;

import java.util.Collection;
import java.util.stream.Collectors;

/** A list of names in a sentence. */
final class Names {
  private static final int NAMED_MAX = 10;

  private Names() {}

  /** The first of them, and how many more there are. */
  static String some(Collection<String> names) {
    String first = names.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
    int more = names.size() - NAMED_MAX;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
