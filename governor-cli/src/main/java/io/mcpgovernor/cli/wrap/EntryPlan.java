package io.mcpgovernor.cli.wrap;

import java.util.List;

/**
 * What happens to one entry.
 *
 * @param entry the entry
 * @param edits what changes; nothing if it is left as it is
 * @param sentence what happens, or why nothing does, for the person who asked
 */
record EntryPlan(ServerEntry entry, List<Edit> edits, String sentence) {
  static EntryPlan left(ServerEntry entry, String sentence) {
    return new EntryPlan(entry, List.of(), sentence);
  }

  boolean changes() {
    return !edits.isEmpty();
  }

  String line() {
    String of = entry.place().isEmpty() ? "" : " (" + entry.place() + ")";
    return entry.name() + of + ": " + sentence;
  }
}
