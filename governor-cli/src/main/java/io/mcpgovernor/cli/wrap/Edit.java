package io.mcpgovernor.cli.wrap;

import java.util.Comparator;
import java.util.List;

/**
 * A part of a text and what comes into its place.
 *
 * @param start where the part begins
 * @param end where it ends; the same where something is put in
 * @param text what comes there
 */
record Edit(int start, int end, String text) {
  /** The text after all of them, none of which may overlap. */
  static String apply(String before, List<Edit> edits) {
    StringBuilder after = new StringBuilder();
    int at = 0;
    for (Edit edit : inOrder(edits)) {
      after.append(before, at, edit.start).append(edit.text);
      at = edit.end;
    }
    return after.append(before, at, before.length()).toString();
  }

  static List<Edit> inOrder(List<Edit> edits) {
    return edits.stream().sorted(Comparator.comparingInt(Edit::start)).toList();
  }
}
