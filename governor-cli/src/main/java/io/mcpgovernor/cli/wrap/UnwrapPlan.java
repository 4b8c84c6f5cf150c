package io.mcpgovernor.cli.wrap;

import java.util.List;

/** What unwrapping does to each entry. */
final class UnwrapPlan {
  private UnwrapPlan() {}

  static List<EntryPlan> of(ClientText file, String launcher) {
    return file.entries().stream().map(entry -> of(file.text(), entry, launcher)).toList();
  }

  private static EntryPlan of(String text, ServerEntry entry, String launcher) {
    return switch (entry.form(launcher)) {
      case WRAPPED -> new EntryPlan(entry, EntryEdits.unwrapped(text, entry), "as it was before");
      case OWN ->
          EntryPlan.left(
              entry,
              "left: it runs under governor with words of somebody's own; what its server's command"
                  + " is must be said by hand");
      case COMMAND, ADDRESS, UNKNOWN -> EntryPlan.left(entry, "not wrapped");
    };
  }
}
