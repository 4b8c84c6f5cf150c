package io.mcpgovernor.cli.tools;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.gateway.catalogue.PinnedTool;
import io.mcpgovernor.gateway.catalogue.PinnedTool.Definition;
import io.mcpgovernor.gateway.catalogue.Pins;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor tools list}: what is pinned, and what changed. */
@Command(
    name = "list",
    description = "Shows the tools that are pinned, and of those in quarantine what changed.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "States: pinned (may be called as it is); quarantined (changed, or new where new",
      "tools wait); approved (a gateway takes it over once it has put it on record).",
      "PIN is the beginning of the SHA-256 of the definition that may be called, or that",
      "waits.",
      "Exit codes: 0 shown, also if there is nothing, 1 error, 2 wrong usage, 4 bad",
      "configuration."
    })
final class ListCommand extends UsesPins {
  private static final List<String> HEADINGS =
      List.of("SERVER", "TOOL", "STATE", "SINCE", "BY", "PIN");
  private static final int PIN_DIGITS = 12;

  @Option(names = "--server", paramLabel = "NAME", description = "Those of this server only.")
  private @Nullable String server;

  @Option(names = "--pending", description = "Those in quarantine only.")
  private boolean pending;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  /** Made by the command line. */
  ListCommand() {}

  @Override
  int run(Pins pins) {
    List<PinnedTool> tools =
        pins.list().stream()
            .filter(tool -> server == null || tool.server().equals(server))
            .filter(tool -> !pending || tool.waiting() != null)
            .toList();
    if (json) {
      tools.forEach(tool -> out().println(json(tool)));
    } else if (tools.isEmpty()) {
      out().println(pending ? "no tool is in quarantine" : "no tool is pinned");
    } else {
      Style style = Style.ofStandardOutput();
      table(tools, style);
      tools.stream().filter(tool -> tool.waiting() != null).forEach(tool -> changes(tool, style));
    }
    return 0;
  }

  /** What is of interest: what waits, or else what is pinned. */
  private static Definition shown(PinnedTool tool) {
    Definition waiting = tool.waiting();
    Definition pinned = tool.pinned();
    Definition shown = waiting != null ? waiting : pinned;
    if (shown == null) {
      throw new IllegalStateException(tool.fullName() + " has no definition");
    }
    return shown;
  }

  private static String state(PinnedTool tool) {
    return tool.waiting() != null ? "quarantined" : tool.recorded() ? "pinned" : "approved";
  }

  private static List<String> cells(PinnedTool tool) {
    Definition shown = shown(tool);
    return List.of(
        SafeText.of(tool.server()),
        SafeText.of(tool.name()),
        state(tool),
        seconds(shown.since()),
        tool.waiting() != null ? "-" : SafeText.of(shown.by()),
        shown.pin().substring(0, PIN_DIGITS));
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void table(List<PinnedTool> tools, Style style) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    tools.forEach(tool -> rows.add(cells(tool)));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        line.append(cell).append(" ".repeat(widths[i] + 2 - cell.codePointCount(0, cell.length())));
      }
      String text = line.toString().stripTrailing();
      out()
          .println(
              row.equals(HEADINGS)
                  ? style.bold(text)
                  : row.contains("quarantined") ? style.yellow(text) : text);
    }
  }

  /** All of what changed: whoever approves it has to see it. */
  private void changes(PinnedTool tool, Style style) {
    Definition pinned = tool.pinned();
    out().println();
    out()
        .println(
            style.bold(
                SafeText.of(tool.fullName())
                    + (pinned == null
                        ? " is new:"
                        : " changed after " + seconds(pinned.since()) + ":")));
    for (DefinitionChange change : changes(tool)) {
      out().println("  " + change.place());
      if (change.before() != null) {
        out().println(style.red("    - " + SafeText.of(change.before())));
      }
      if (change.after() != null) {
        out().println(style.yellow("    + " + SafeText.of(change.after())));
      }
    }
  }

  private static List<DefinitionChange> changes(PinnedTool tool) {
    Definition pinned = tool.pinned();
    return DefinitionChange.between(pinned == null ? null : pinned.json(), shown(tool).json());
  }

  private static String json(PinnedTool tool) {
    byte[] bytes =
        JsonWriter.bytes(
            writer -> {
              writer
                  .beginObject()
                  .field("server", tool.server())
                  .field("tool", tool.name())
                  .field("state", state(tool))
                  .field("since", shown(tool).since().toString())
                  .field("by", tool.waiting() != null ? null : shown(tool).by())
                  .field("pinned", tool.pinned() == null ? null : tool.pinned().pin())
                  .field("waiting", tool.waiting() == null ? null : tool.waiting().pin());
              writer.name("changes").beginArray();
              if (tool.waiting() != null) {
                changes(tool)
                    .forEach(
                        change ->
                            writer
                                .beginObject()
                                .field("path", change.pointer())
                                .field("before", value(change.before()))
                                .field("after", value(change.after()))
                                .endObject());
              }
              writer.endArray().endObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable Json value(@Nullable String json) {
    return json == null ? null : Json.text(json);
  }
}
