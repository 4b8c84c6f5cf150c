package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Prints records: as a table with a line each, or the lines of the log as they are. What users have
 * put into a record cannot break the table or reach the terminal. Not thread-safe.
 */
final class RecordTable {
  private static final int ROWS_MAX = 500;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(java.time.ZoneOffset.UTC);
  private static final List<String> HEADINGS =
      List.of("TIME", "EVENT", "RESULT", "USER", "TENANT", "TOOL", "MS", "CALL");
  private static final int MS = 6;

  private record Row(List<String> cells, UnaryOperator<String> colour) {}

  private final Lines out;
  private final Style style;
  private final boolean isJson;
  private final boolean namesLogs;
  private final List<Row> rows = new ArrayList<>();
  private final int[] widths = new int[HEADINGS.size() + 1];
  private boolean hasHeadings;

  /**
   * @param isJson whether the lines are printed as they are
   * @param namesLogs whether a column says which log a record is of
   */
  RecordTable(Lines out, Style style, boolean isJson, boolean namesLogs) {
    this.out = out;
    this.style = style;
    this.isJson = isJson;
    this.namesLogs = namesLogs;
  }

  void print(FoundRecord found) throws IOException {
    if (isJson) {
      if (style.isTerminal()) {
        // In JSON these escapes mean the same characters.
        out.line(SafeText.of(new String(found.line(), StandardCharsets.UTF_8)));
      } else {
        out.line(found.line());
      }
      return;
    }
    rows.add(row(found));
    if (rows.size() == ROWS_MAX) {
      flush();
    }
  }

  /** Prints what waits. Columns keep their width, or become wider. */
  void flush() throws IOException {
    if (!rows.isEmpty()) {
      if (!hasHeadings) {
        List<String> headings = new ArrayList<>(HEADINGS);
        if (namesLogs) {
          headings.add("LOG");
        }
        rows.addFirst(new Row(headings, style::bold));
        hasHeadings = true;
      }
      for (Row row : rows) {
        for (int i = 0; i < row.cells.size(); i++) {
          String cell = row.cells.get(i);
          widths[i] = Math.max(widths[i], cell.codePointCount(0, cell.length()));
        }
      }
      for (Row row : rows) {
        out.line(row.colour.apply(aligned(row.cells)));
      }
      rows.clear();
    }
    out.flush();
  }

  private String aligned(List<String> cells) {
    StringBuilder line = new StringBuilder(160);
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(widths[i] - cell.codePointCount(0, cell.length()));
      line.append(i == 0 ? "" : "  ");
      line.append(i == MS ? padding + cell : i == cells.size() - 1 ? cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private Row row(FoundRecord found) {
    LogEntry entry = found.entry();
    Instant at = Moment.of(entry.atMicros());
    List<String> cells = new ArrayList<>();
    cells.add(TIME.format(at));
    cells.add(cell(entry.event()));
    cells.add(
        cell(entry.code() == null ? entry.status() : entry.code())
            + (entry.count() > 1 ? " x" + entry.count() : ""));
    cells.add(cell(entry.user()));
    cells.add(entry.tenant() == null ? "-" : cell(entry.tenant()));
    cells.add(cell(entry.tool()));
    cells.add(
        entry.event().equals("outcome")
            ? String.format(Locale.ROOT, "%.1f", entry.executionMicros() / 1_000.0)
            : "-");
    cells.add(entry.callId() == null ? "-" : cell(entry.callId()));
    if (namesLogs) {
      cells.add(log(found.log()));
    }
    UnaryOperator<String> colour =
        switch (entry.event()) {
          case "denied" -> style::red;
          case "checkpoint" -> style::faint;
          default -> entry.status().equals("error") ? style::yellow : UnaryOperator.identity();
        };
    return new Row(cells, colour);
  }

  /** The last two names, which are server and instance. */
  private static String log(Path log) {
    int names = log.getNameCount();
    return SafeText.of(names > 2 ? log.subpath(names - 2, names) : log);
  }

  private static String cell(String text) {
    return TextTable.cell(text);
  }
}
