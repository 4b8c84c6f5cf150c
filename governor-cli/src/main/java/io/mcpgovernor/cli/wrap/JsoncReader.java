package io.mcpgovernor.cli.wrap;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON as RFC 8259 has it, and what editors allow besides: comments, and a comma after the
 * last element or member.
 */
final class JsoncReader {
  /** Deeper than any client's file, and shallow enough for any stack. */
  private static final int DEPTH_MAX = 200;

  private static final Pattern OTHER =
      Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String text;
  private int at;
  private int depth;

  private JsoncReader(String text) {
    this.text = text;
  }

  /**
   * Reads a whole text.
   *
   * @throws MalformedFileException if it is none
   */
  static Jsonc read(String text) {
    JsoncReader reader = new JsoncReader(text);
    reader.at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    reader.skip();
    Jsonc value = reader.value();
    reader.skip();
    if (reader.at < text.length()) {
      throw reader.wrong("here should be the end");
    }
    return value;
  }

  private Jsonc value() {
    return switch (peek()) {
      case '{' -> members();
      case '[' -> items();
      case '"' -> text();
      default -> other();
    };
  }

  private Jsonc.Members members() {
    int start = open();
    List<Jsonc.Member> all = new ArrayList<>();
    while (peek() != '}') {
      if (peek() != '"') {
        throw wrong("here should be a key in quotes, or }");
      }
      Jsonc.Text key = text();
      skip();
      if (peek() != ':') {
        throw wrong("here should be a colon");
      }
      at++;
      skip();
      all.add(new Jsonc.Member(key, value()));
      isAfterComma('}');
    }
    return new Jsonc.Members(start, close(), all);
  }

  private Jsonc.Items items() {
    int start = open();
    List<Jsonc> elements = new ArrayList<>();
    int lastComma = -1;
    while (peek() != ']') {
      elements.add(value());
      int comma = isAfterComma(']');
      lastComma = peek() == ']' ? comma : -1;
    }
    return new Jsonc.Items(start, close(), elements, lastComma);
  }

  private int open() {
    if (++depth > DEPTH_MAX) {
      throw wrong("this is nested deeper than " + DEPTH_MAX + " levels");
    }
    int start = at++;
    skip();
    return start;
  }

  private int close() {
    depth--;
    return ++at;
  }

  /** Goes past a comma, if there is one; where it is, or -1 before the closing character. */
  private int isAfterComma(char closing) {
    skip();
    if (peek() == ',') {
      int comma = at++;
      skip();
      return comma;
    }
    if (peek() != closing) {
      throw wrong("here should be a comma, or " + closing);
    }
    return -1;
  }

  private Jsonc.Text text() {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at);
      if (c < ' ') {
        throw wrong("a text ends in the line it begins in; here should be its closing quote");
      }
      if (c != '\\') {
        value.append(c);
        at++;
        continue;
      }
      at++;
      value.append(escaped());
    }
    return new Jsonc.Text(start, ++at, value.toString());
  }

  private char escaped() {
    char c = peek();
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      at++;
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    int end = at + 5;
    if (c != 'u' || end > text.length() || !text.substring(at + 1, end).matches("[0-9a-fA-F]{4}")) {
      throw new MalformedFileException(
          at - 1, "there is no such escape; a backslash is written twice");
    }
    char read = (char) Integer.parseInt(text, at + 1, end, 16);
    at = end;
    return read;
  }

  private Jsonc.Other other() {
    Matcher matcher = OTHER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw wrong("here should be a value");
    }
    int start = at;
    at = matcher.end();
    return new Jsonc.Other(start, at);
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("the file ends too early");
    }
    return text.charAt(at);
  }

  private void skip() {
    while (at < text.length()) {
      if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw wrong("this comment has no end");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private MalformedFileException wrong(String message) {
    return new MalformedFileException(at, message);
  }
}
