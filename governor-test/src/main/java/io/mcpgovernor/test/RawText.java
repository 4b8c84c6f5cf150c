package io.mcpgovernor.test;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for a text that must not be there, wherever in a JSON value a reader could find it. */
final class RawText {
  private RawText() {}

  /**
   * Where a text stands: in a string, a number or a key, or in the JSON that a string holds.
   *
   * @return the pointer of the first place in words, or null if there is none
   * @throws IllegalArgumentException if the text is empty, which stands everywhere
   */
  static @Nullable String find(String text, @Nullable Object tree) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty text stands everywhere");
    }
    for (Map.Entry<String, @Nullable Object> at : new PointedValues(tree).all().entrySet()) {
      String place = at.getKey().isEmpty() ? "the top" : at.getKey();
      Object value = at.getValue();
      if (value instanceof Map<?, ?> members) {
        for (Object key : members.keySet()) {
          if (String.valueOf(key).contains(text)) {
            return "a key of " + place;
          }
        }
      } else if (value != null && !(value instanceof List)) {
        if (String.valueOf(value).contains(text)) {
          return place;
        }
        String within = value instanceof String string ? findWithin(text, string) : null;
        if (within != null) {
          return within + " of the JSON in " + place;
        }
      }
    }
    return null;
  }

  /** In JSON within a string the text may be written with escapes. */
  private static @Nullable String findWithin(String text, String string) {
    String trimmed = string.strip();
    if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
      return null;
    }
    try {
      return find(text, Json.text(trimmed).tree());
    } catch (MalformedJsonException e) {
      return null; // it only looked like JSON
    }
  }
}
