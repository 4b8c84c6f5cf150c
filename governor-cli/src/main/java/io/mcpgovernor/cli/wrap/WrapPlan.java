package io.mcpgovernor.cli.wrap;

import java.util.ArrayList;
import java.util.List;

/** What wrapping does to each entry. */
final class WrapPlan {
  private WrapPlan() {}

  static List<EntryPlan> of(ClientText file, String launcher) {
    FreshNames names = new FreshNames();
    file.entries().stream()
        .filter(entry -> entry.form(launcher) == ServerEntry.Form.WRAPPED)
        .forEach(names::keep);
    List<EntryPlan> plans = new ArrayList<>();
    for (ServerEntry entry : file.entries()) {
      plans.add(of(file.text(), entry, launcher, names));
    }
    return plans;
  }

  private static EntryPlan of(String text, ServerEntry entry, String launcher, FreshNames names) {
    return switch (entry.form(launcher)) {
      case COMMAND -> {
        String name = names.of(entry);
        yield new EntryPlan(
            entry, EntryEdits.wrapped(text, entry, launcher, name), "wrapped, as " + name);
      }
      case WRAPPED ->
          EntryPlan.left(
              entry,
              entry.command().value().equals(launcher)
                  ? "wrapped already"
                  : "wrapped already, with "
                      + entry.command().value()
                      + "; unwrap it first if this one shall take its place");
      case OWN -> EntryPlan.left(entry, "runs under governor already, as its words say");
      case ADDRESS ->
          EntryPlan.left(
              entry,
              "not wrapped: it is reached over HTTP. Name it under servers in a governor.yaml with"
                  + " its url, start 'governor serve', and put the address that says in the place"
                  + " of this one");
      case UNKNOWN ->
          EntryPlan.left(
              entry, "not wrapped: it has no command with texts as args, and no address");
    };
  }
}
