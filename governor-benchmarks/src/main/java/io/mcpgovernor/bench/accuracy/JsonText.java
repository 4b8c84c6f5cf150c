package io.mcpgovernor.bench.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** JSON that keeps its marks, in the ways that different programs write it. */
final class JsonText {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?");

  /** A JSON value. */
  sealed interface Node {}

  /** A field. */
  record Field(Marked key, Node value) {}

  /** Fields in order. */
  record Fields(List<Field> fields) implements Node {}

  /** An array. */
  record Items(List<Node> items) implements Node {}

  /** A string. */
  record Words(Marked text) implements Node {}

  /** A number or another literal. */
  record Literal(Marked text) implements Node {}

  /**
   * How a program writes.
   *
   * @param indented over several lines
   * @param asciiOnly everything else as {@code \}{@code uXXXX}, as Python does
   * @param htmlSafe {@code @ < > &} as {@code \}{@code uXXXX}, and {@code \/}
   */
  record Style(boolean indented, boolean asciiOnly, boolean htmlSafe) {
    static Style any(Dice dice) {
      return new Style(dice.oneIn(2), dice.oneIn(3), dice.oneIn(4));
    }
  }

  private JsonText() {}

  /** Whether a text may stand in JSON as a number. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  static Field field(String key, Node value) {
    return new Field(Marked.plain(key), value);
  }

  static Marked render(Node node, Style style) {
    return render(node, style, style.indented() ? "\n" : "");
  }

  private static Marked render(Node node, Style style, String newLine) {
    String deeper = newLine.isEmpty() ? "" : newLine + "  ";
    return switch (node) {
      case Literal literal -> literal.text();
      case Words words -> quoted(words.text(), style);
      case Items items ->
          block(
              "[",
              items.items().stream().map(i -> render(i, style, deeper)).toList(),
              "]",
              newLine);
      case Fields fields -> {
        List<Marked> written = new ArrayList<>();
        for (Field field : fields.fields()) {
          Marked key = quoted(field.key(), style).then(newLine.isEmpty() ? ":" : ": ");
          written.add(key.then(render(field.value(), style, deeper)));
        }
        yield block("{", written, "}", newLine);
      }
    };
  }

  private static Marked block(String open, List<Marked> parts, String close, String newLine) {
    if (parts.isEmpty()) {
      return Marked.plain(open + close);
    }
    String deeper = newLine.isEmpty() ? "" : newLine + "  ";
    return Marked.plain(open + deeper).then(Marked.join("," + deeper, parts)).then(newLine + close);
  }

  private static Marked quoted(Marked text, Style style) {
    return Marked.plain("\"").then(text.rewritten(escapes(style))).then("\"");
  }

  private static IntFunction<String> escapes(Style style) {
    return c ->
        switch (c) {
          case '"' -> "\\\"";
          case '\\' -> "\\\\";
          case '\n' -> "\\n";
          case '\r' -> "\\r";
          case '\t' -> "\\t";
          case '/' -> style.htmlSafe() ? "\\/" : "/";
          case '@', '<', '>', '&' -> style.htmlSafe() ? unicode((char) c) : Character.toString(c);
          default ->
              c < 0x20 || (c > 0x7e && style.asciiOnly()) ? unicode(c) : Character.toString(c);
        };
  }

  private static String unicode(int codePoint) {
    StringBuilder text = new StringBuilder();
    for (char c : Character.toChars(codePoint)) {
      text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return text.toString();
  }
}
