package io.mcpgovernor.cli.keys;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import io.mcpgovernor.gateway.identity.KeyEntry.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor keys list}: which keys there are; none of them is shown. */
@Command(
    name = "list",
    description = "Shows which API keys there are, without the keys.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "States: in force; waits (not on record yet, so it does not count); expired;",
      "revoked.",
      "Exit codes: 0 shown, also if there is none, 1 error, 2 wrong usage, 4 bad",
      "configuration."
    })
final class ListCommand extends UsesKeys {
  private static final List<String> HEADINGS =
      List.of("ID", "STATE", "USER", "TENANTS", "ROLES", "UNTIL", "MADE", "BY", "LABEL");

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  /** Made by the command line. */
  ListCommand() {}

  @Override
  ApiKeys open(Path file) {
    return ApiKeys.existing(file);
  }

  @Override
  int run(ApiKeys keys) {
    Instant now = Instant.now();
    List<KeyEntry> all = keys.list();
    if (json) {
      all.forEach(key -> out().println(new String(json(key, now).utf8(), StandardCharsets.UTF_8)));
    } else if (all.isEmpty()) {
      out().println("there are no keys");
    } else {
      print(all, now, Style.ofStandardOutput());
    }
    return 0;
  }

  private static Json json(KeyEntry key, Instant now) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("id", key.id());
    members.put("state", word(key.stateAt(now)));
    members.put("user", key.owner().user());
    members.put("tenants", List.copyOf(key.owner().tenants()));
    members.put("roles", List.copyOf(key.owner().roles()));
    members.put("label", key.owner().label());
    members.put("expires_at", key.expires() == null ? null : key.expires().toString());
    members.put("created_at", key.created().at().toString());
    members.put("created_by", key.created().by());
    members.put("revoked_at", key.revoked() == null ? null : key.revoked().at().toString());
    members.put("revoked_by", key.revoked() == null ? null : key.revoked().by());
    return Json.of(members);
  }

  private static List<String> cells(KeyEntry key, Instant now) {
    return List.of(
        key.id(),
        word(key.stateAt(now)),
        key.owner().user(),
        many(key.owner().tenants()),
        many(key.owner().roles()),
        key.expires() == null ? "-" : key.expires().toString(),
        key.created().at().toString(),
        key.created().by(),
        key.owner().label());
  }

  private static String many(Iterable<String> names) {
    String text = String.join(",", names);
    return text.isEmpty() ? "-" : text;
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void print(List<KeyEntry> keys, Instant now, Style style) {
    List<List<String>> table = new ArrayList<>();
    table.add(HEADINGS);
    keys.forEach(key -> table.add(cells(key, now).stream().map(SafeText::of).toList()));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> cells : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cells.get(i).codePointCount(0, cells.get(i).length()));
      }
    }
    out().println(style.bold(line(HEADINGS, widths)));
    for (int i = 0; i < keys.size(); i++) {
      String text = line(table.get(i + 1), widths);
      out()
          .println(
              switch (keys.get(i).stateAt(now)) {
                case IN_FORCE -> text;
                case WAITS -> style.yellow(text);
                case EXPIRED, REVOKED -> style.faint(text);
              });
    }
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(cell).append(" ".repeat(widths[i] + 2 - cell.codePointCount(0, cell.length())));
    }
    return line.toString().stripTrailing();
  }
}
