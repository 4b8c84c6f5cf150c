package io.mcpgovernor.cli.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Checks as aligned lines, each with what belongs to it beneath. Not thread-safe. */
final class CheckLines {
  private record Line(String verdict, String head, List<String> beneath) {}

  private final Style style;
  private final List<String[]> cells = new ArrayList<>();
  private final List<List<String>> beneath = new ArrayList<>();

  CheckLines(Style style) {
    this.style = style;
    add("CHECK", "VERDICT", "MICROS", "WHERE", List.of());
  }

  /** Adds a check. */
  void add(String name, String verdict, String micros, String where, List<String> more) {
    cells.add(new String[] {SafeText.of(name), SafeText.of(verdict), micros, SafeText.of(where)});
    beneath.add(more.stream().map(SafeText::of).toList());
  }

  void print(PrintWriter out) {
    int[] widths = new int[4];
    for (String[] row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (Line line : lines(widths)) {
      out.println(coloured(line));
      line.beneath.forEach(text -> out.println("    " + text));
    }
  }

  private List<Line> lines(int[] widths) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String[] row = cells.get(i);
      String text =
          padded(row[0], widths[0])
              + padded(row[1], widths[1])
              + " ".repeat(widths[2] - row[2].length())
              + row[2]
              + "  "
              + row[3];
      lines.add(new Line(row[1], text.stripTrailing(), beneath.get(i)));
    }
    return lines;
  }

  private String coloured(Line line) {
    if (line.verdict.equals(Verdict.DENIED.text())) {
      return style.red(line.head);
    } else if (line.verdict.equals(Verdict.SHADOW.text())) {
      return style.yellow(line.head);
    } else if (line.verdict.equals(Verdict.NOT_EVALUATED.text())) {
      return style.faint(line.head);
    }
    return line.verdict.equals("VERDICT") ? style.bold(line.head) : line.head;
  }

  /** A value on one line. */
  static String text(Json value) {
    return new String(value.utf8(), StandardCharsets.UTF_8);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }
}
