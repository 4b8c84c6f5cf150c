package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of records that the log writes about itself, as maps, lists, strings, longs and nulls.
 * Reads only what a {@link RecordScanner} has found to be JSON.
 */
final class OwnJson {
  // Such values are three deep.
  private static final int DEPTH_MAX = 16;

  private final String text;
  private int at;

  private OwnJson(String text) {
    this.text = text;
  }

  static @Nullable Object read(byte[] utf8, int from, int to) throws BadRecordException {
    return new OwnJson(new String(utf8, from, to - from, StandardCharsets.UTF_8)).value(0);
  }

  private @Nullable Object value(int depth) throws BadRecordException {
    if (depth > DEPTH_MAX) {
      throw new BadRecordException("a record of the log's own is nested too deep");
    }
    return switch (next()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> {
        at++;
        yield string();
      }
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    at += word.length();
    return value;
  }

  private Map<String, @Nullable Object> object(int depth) throws BadRecordException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    while (next() != '}') {
      at++; // the quote
      String name = string();
      next();
      at++; // the colon
      if (members.containsKey(name)) {
        throw new BadRecordException("a record of the log's own has a field twice");
      }
      members.put(name, value(depth + 1));
      if (next() == ',') {
        at++;
      }
    }
    at++;
    return members;
  }

  private List<@Nullable Object> array(int depth) throws BadRecordException {
    List<@Nullable Object> values = new ArrayList<>();
    at++;
    while (next() != ']') {
      values.add(value(depth + 1));
      if (next() == ',') {
        at++;
      }
    }
    at++;
    return values;
  }

  private char next() {
    while (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\r') {
      at++;
    }
    return text.charAt(at);
  }

  private String string() {
    StringBuilder characters = new StringBuilder();
    while (text.charAt(at) != '"') {
      char next = text.charAt(at++);
      if (next == '\\') {
        next = text.charAt(at++);
        switch (next) {
          case 'b' -> next = '\b';
          case 'f' -> next = '\f';
          case 'n' -> next = '\n';
          case 'r' -> next = '\r';
          case 't' -> next = '\t';
          case 'u' -> {
            next = (char) Integer.parseInt(text, at, at + 4, 16);
            at += 4;
          }
          default -> {
            // quote, slash and backslash stand for themselves
          }
        }
      }
      characters.append(next);
    }
    at++;
    return characters.toString();
  }

  /** A whole number; null for others, which none of these records has. */
  private @Nullable Long number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Long.valueOf(text.substring(from, at));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
