package io.mcpgovernor.cli.wrap;

import io.mcpgovernor.cli.audit.SafeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What changes, as lines that {@code patch} understands. Without lines around them: those may hold
 * what is nobody else's business, and this is what people show each other.
 */
final class LineDiff {
  private static final String NO_NEWLINE = "\\ No newline at end of file";

  private LineDiff() {}

  /** An edit, and the server whose entry it is in. */
  private record Named(String name, Edit edit) {}

  private record Hunk(
      String about, int start, List<String> before, List<String> after, boolean isUnended) {
    /** Without the lines at its ends that are the same before and after. */
    Hunk trimmed() {
      int same = 0;
      int max = Math.min(before.size(), after.size());
      while (same < max && before.get(same).equals(after.get(same))) {
        same++;
      }
      int atEnd = 0;
      while (atEnd < max - same
          && before.get(before.size() - 1 - atEnd).equals(after.get(after.size() - 1 - atEnd))) {
        atEnd++;
      }
      return new Hunk(
          about,
          start + same,
          before.subList(same, before.size() - atEnd),
          after.subList(same, after.size() - atEnd),
          isUnended && atEnd == 0);
    }

    /** Its lines, where {@code shift} lines more were there before it after the change. */
    List<String> lines(int shift) {
      List<String> lines = new ArrayList<>();
      lines.add(
          "@@ -" + range(start, before) + " +" + range(start + shift, after) + " @@ " + about);
      before.forEach(line -> lines.add("-" + line));
      if (isUnended) {
        lines.add(NO_NEWLINE);
      }
      after.forEach(line -> lines.add("+" + line));
      if (isUnended) {
        lines.add(NO_NEWLINE);
      }
      return lines;
    }

    /** No lines are named by the one before them. */
    private static String range(int start, List<String> lines) {
      return lines.isEmpty() ? start - 1 + ",0" : start + "," + lines.size();
    }
  }

  /** The lines; none if no entry changes. */
  static List<String> of(String text, List<EntryPlan> plans, String file) {
    List<Named> edits = new ArrayList<>();
    plans.forEach(
        plan -> plan.edits().forEach(edit -> edits.add(new Named(plan.entry().name(), edit))));
    edits.sort(Comparator.comparingInt(named -> named.edit.start()));
    List<String> lines = new ArrayList<>();
    int shift = 0;
    for (List<Named> together : groups(text, edits)) {
      Hunk hunk = hunk(text, together).trimmed();
      lines.addAll(hunk.lines(shift));
      shift += hunk.after.size() - hunk.before.size();
    }
    if (!lines.isEmpty()) {
      lines.addAll(0, List.of("--- " + file, "+++ " + file));
    }
    return lines.stream().map(LineDiff::safe).toList();
  }

  /** Safe to show, but for what patch has to find as it is. */
  private static String safe(String line) {
    String plain = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    String safe =
        Arrays.stream(plain.split("\t", -1)).map(SafeText::of).collect(Collectors.joining("\t"));
    return plain.equals(line) ? safe : safe + "\r";
  }

  /** Edits of which one begins in the line in which the one before ends belong together. */
  private static List<List<Named>> groups(String text, List<Named> edits) {
    List<List<Named>> groups = new ArrayList<>();
    for (Named named : edits) {
      if (!groups.isEmpty()
          && lineStart(text, named.edit.start()) <= groups.getLast().getLast().edit.end()) {
        groups.getLast().add(named);
      } else {
        groups.add(new ArrayList<>(List.of(named)));
      }
    }
    return groups;
  }

  private static Hunk hunk(String text, List<Named> edits) {
    int start = lineStart(text, edits.getFirst().edit.start());
    int newline = text.indexOf('\n', edits.getLast().edit.end());
    String before = text.substring(start, newline < 0 ? text.length() : newline);
    List<Edit> moved =
        edits.stream()
            .map(Named::edit)
            .map(edit -> new Edit(edit.start() - start, edit.end() - start, edit.text()))
            .toList();
    return new Hunk(
        edits.stream().map(Named::name).distinct().collect(Collectors.joining(", ")),
        1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count(),
        List.of(before.split("\n", -1)),
        List.of(Edit.apply(before, moved).split("\n", -1)),
        newline < 0);
  }

  private static int lineStart(String text, int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }
}
