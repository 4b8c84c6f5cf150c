package io.mcpgovernor.cli.leaktest;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as these programs write and read it. */
final class WireJson {
  /** From here on a string's characters are written as escapes; this one is not written. */
  static final char ESCAPED = '\ue001';

  /** Up to here. */
  static final char ESCAPED_END = '\ue002';

  private WireJson() {}

  /** One line. */
  static String write(@Nullable Object tree) {
    String json = new String(Json.of(tree).utf8(), StandardCharsets.UTF_8);
    if (json.indexOf(ESCAPED) < 0) {
      return json;
    }
    StringBuilder out = new StringBuilder();
    boolean isEscaped = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == ESCAPED || c == ESCAPED_END) {
        isEscaped = c == ESCAPED;
      } else if (c == '\\') {
        // Is an escape already.
        out.append(c).append(json.charAt(++i));
      } else if (isEscaped) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The value, or null if the text is no JSON; then it is not JSON's {@code null} either. */
  static @Nullable Object read(String text) {
    try {
      return Json.lenient(text.getBytes(StandardCharsets.UTF_8)).tree();
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  /** The value if it is an object, otherwise an empty one. */
  @SuppressWarnings("unchecked") // keys of trees are strings
  static Map<String, @Nullable Object> object(@Nullable Object tree) {
    return tree instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }

  /** Like {@link #read}, but only objects and arrays: what a text that holds JSON holds. */
  static @Nullable Object container(String text) {
    String trimmed = text.strip();
    return trimmed.startsWith("{") || trimmed.startsWith("[") ? read(trimmed) : null;
  }
}
