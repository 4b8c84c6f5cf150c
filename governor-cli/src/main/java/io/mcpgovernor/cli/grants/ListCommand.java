package io.mcpgovernor.cli.grants;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.GrantChange.Kind;
import io.mcpgovernor.policy.GrantStore.Contents;
import io.mcpgovernor.policy.GrantStore.Pending;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor grants list}: what is granted and revoked. */
@Command(
    name = "list",
    description = "Shows what is granted and revoked.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "States: in force; expired; waits (not on record yet: a grant does not count, a",
      "revocation does).",
      "Exit codes: 0 shown, also if there is nothing, 1 error, 2 wrong usage."
    })
final class ListCommand extends UsesStore {
  private static final List<String> HEADINGS =
      List.of("SUBJECT", "CHANGE", "OF", "OBJECT", "UNTIL", "STATE", "BY", "AT", "REASON");
  private static final int STATE = HEADINGS.indexOf("STATE");
  private static final String IN_FORCE = "in force";
  private static final String EXPIRED = "expired";

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  private record Row(String change, String state, Grant grant) {
    List<String> cells() {
      Instant until = grant.expiresAt();
      return List.of(
          grant.subject().toString(),
          change,
          lower(grant.what()),
          grant.object(),
          until == null ? "-" : until.toString(),
          state,
          grant.by(),
          grant.at().toString(),
          grant.reason());
    }

    Json json() {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("subject", grant.subject().toString());
      members.put("change", change);
      members.put(lower(grant.what()), grant.object());
      members.put("expires_at", grant.expiresAt() == null ? null : grant.expiresAt().toString());
      members.put("state", state);
      members.put("by", grant.by());
      members.put("at", grant.at().toString());
      members.put("reason", grant.reason());
      return Json.of(members);
    }
  }

  /** Made by the command line. */
  ListCommand() {}

  @Override
  void prepare() {
    if (!Files.exists(file())) {
      throw usage("there is no store at " + SafeText.of(file()));
    }
  }

  @Override
  int run(SqlGrantStore store) {
    List<Row> rows = rows(store.load(), Instant.now());
    if (json) {
      rows.forEach(row -> out().println(new String(row.json().utf8(), StandardCharsets.UTF_8)));
    } else if (rows.isEmpty()) {
      out().println("nothing is granted");
    } else {
      print(rows, Style.ofStandardOutput());
    }
    out().flush();
    return 0;
  }

  private static List<Row> rows(Contents contents, Instant now) {
    List<Row> rows = new ArrayList<>();
    for (Grant grant : contents.grants()) {
      rows.add(new Row(lower(grant.effect()), grant.countsAt(now) ? IN_FORCE : EXPIRED, grant));
    }
    rows.sort(Comparator.comparing(row -> row.grant.subject().toString())); // stable
    for (Pending pending : contents.pending()) {
      Grant grant = pending.change().grant();
      String change = pending.change().kind() == Kind.PUT ? "" : "remove ";
      rows.add(new Row(change + lower(grant.effect()), "waits", grant));
    }
    return rows;
  }

  private void print(List<Row> rows, Style style) {
    List<List<String>> table = new ArrayList<>();
    table.add(HEADINGS);
    rows.forEach(row -> table.add(row.cells().stream().map(SafeText::of).toList()));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> cells : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cells.get(i).codePointCount(0, cells.get(i).length()));
      }
    }
    out().println(style.bold(line(HEADINGS, widths)));
    for (List<String> cells : table.subList(1, table.size())) {
      String text = line(cells, widths);
      out()
          .println(
              switch (cells.get(STATE)) {
                case IN_FORCE -> text;
                case EXPIRED -> style.faint(text);
                default -> style.yellow(text);
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

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
