package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Prints small tables, with an empty line before each. */
public final class TextTable {
  private static final int CELL_MAX = 40;

  private TextTable() {}

  /** Prints names and numbers: the first column to the left, all others to the right. */
  public static void ofNumbers(
      Lines out, Style style, List<String> headings, List<List<String>> rows) throws IOException {
    print(out, style, headings, rows, true);
  }

  /** Prints texts: all columns to the left. */
  public static void ofTexts(Lines out, Style style, List<String> headings, List<List<String>> rows)
      throws IOException {
    print(out, style, headings, rows, false);
  }

  private static void print(
      Lines out, Style style, List<String> headings, List<List<String>> rows, boolean areNumbers)
      throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    int[] widths = new int[headings.size()];
    List<List<String>> all = new ArrayList<>(List.of(headings));
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    out.line("");
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        String padding = " ".repeat(widths[i] - cell.codePointCount(0, cell.length()));
        line.append(i == 0 ? "" : "  ");
        line.append(i == 0 || !areNumbers ? cell + padding : padding + cell);
      }
      String text = line.toString().stripTrailing();
      out.line(row.equals(headings) ? style.bold(text) : text);
    }
  }

  /** A text as a cell shows it: safe, and not too long. */
  public static String cell(String text) {
    return cell(text, CELL_MAX);
  }

  /** The same with another length, in code points. */
  public static String cell(String text, int max) {
    String safe = SafeText.of(text);
    if (safe.isEmpty()) {
      return "-";
    }
    return safe.codePointCount(0, safe.length()) <= max
        ? safe
        : safe.substring(0, safe.offsetByCodePoints(0, max - 1)) + "…";
  }
}
