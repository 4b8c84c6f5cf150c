package io.mcpgovernor.cli.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines of at most 100 columns. Plain ASCII: a demonstration runs in all kinds of terminals. */
final class Page {
  private static final int COLUMNS = 100;

  private final PrintWriter out;

  Page(PrintWriter out) {
    this.out = out;
  }

  void blank() {
    out.println();
    out.flush();
  }

  /** A text, broken between words. */
  void text(int indent, String text, UnaryOperator<String> ink) {
    text(" ".repeat(indent), text, ink);
  }

  /** A text beside a label, broken between words and aligned. */
  void text(String label, String text, UnaryOperator<String> ink) {
    String margin = label;
    for (String line : broken(text, COLUMNS - label.length())) {
      out.println(margin + ink.apply(line));
      margin = " ".repeat(label.length());
    }
    out.flush();
  }

  /** A text at the left and one at the right. */
  void ends(int indent, String left, String right, UnaryOperator<String> ink) {
    int gap = Math.max(2, COLUMNS - indent - left.length() - right.length());
    out.println(" ".repeat(indent) + ink.apply(left) + " ".repeat(gap) + right);
    out.flush();
  }

  private static List<String> broken(String text, int columns) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > columns) {
      int space = rest.lastIndexOf(' ', columns);
      int end = space > 0 ? space : columns;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
