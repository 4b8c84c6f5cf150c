package io.mcpgovernor.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies claims: JSON values only, nothing that can change, and within bounds. */
final class ClaimValues {
  private static final int VALUES_MAX = 2_000;
  private static final int CHARS_MAX = 65_536;
  private static final int DEPTH_MAX = 8;

  private int values;
  private int chars;

  private ClaimValues() {}

  /**
   * A deep copy that nobody can change.
   *
   * @throws IllegalArgumentException if there is too much, or something that is no JSON value
   */
  static Map<String, Object> copyOf(Map<String, ?> claims) {
    return claims.isEmpty() ? Map.of() : new ClaimValues().members(claims, 1);
  }

  private Map<String, Object> members(Map<?, ? extends @Nullable Object> members, int depth) {
    Map<String, Object> copy = new LinkedHashMap<>();
    members.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("the names of claims are texts");
          }
          count(name);
          if (value != null) { // null says no more than a claim that is not there
            copy.put(name, value(value, depth));
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  private List<Object> elements(Collection<?> elements, int depth) {
    List<Object> copy = new ArrayList<>();
    for (Object element : elements) {
      if (element != null) {
        copy.add(value(element, depth));
      }
    }
    return Collections.unmodifiableList(copy);
  }

  private Object value(Object value, int depth) {
    if (depth > DEPTH_MAX) {
      throw new IllegalArgumentException("claims are more than " + DEPTH_MAX + " levels deep");
    }
    count(value instanceof String text ? text : "");
    if (value instanceof Map<?, ?> members) {
      return members(members, depth + 1);
    }
    if (value instanceof Collection<?> elements) {
      return elements(elements, depth + 1);
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException("a claim is no JSON value but a " + value.getClass());
  }

  private void count(String text) {
    values++;
    chars += text.length();
    if (values > VALUES_MAX || chars > CHARS_MAX) {
      throw new IllegalArgumentException(
          "there are more claims than "
              + VALUES_MAX
              + " names and values or "
              + CHARS_MAX
              + " characters");
    }
  }
}
