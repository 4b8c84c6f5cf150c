package io.mcpgovernor.test;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every value within a JSON value by its pointer (RFC 6901), in the order they stand; the value
 * itself is under the empty pointer.
 */
final class PointedValues {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  PointedValues(@Nullable Object tree) {
    add("", tree);
  }

  /** All of them. */
  Map<String, @Nullable Object> all() {
    return values;
  }

  /**
   * The pointers of one field.
   *
   * @param field a pointer, or the name of a member wherever it stands
   */
  List<String> named(String field) {
    if (field.startsWith("/")) {
      return values.containsKey(field) ? List.of(field) : List.of();
    }
    String end = "/" + escaped(field);
    return values.keySet().stream().filter(pointer -> pointer.endsWith(end)).toList();
  }

  /** The pointers of all values at a pointer that hold no others. */
  List<String> leaves(String pointer) {
    return values.entrySet().stream()
        .filter(at -> at.getKey().equals(pointer) || at.getKey().startsWith(pointer + "/"))
        .filter(at -> !(at.getValue() instanceof Map) && !(at.getValue() instanceof List))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether two values are the same JSON: 1, 1.0 and 1e0 are. */
  static boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number && other instanceof Number) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
    }
    if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
      return left.keySet().equals(right.keySet())
          && left.keySet().stream().allMatch(key -> isSame(left.get(key), right.get(key)));
    }
    if (one instanceof List<?> left && other instanceof List<?> right) {
      if (left.size() != right.size()) {
        return false;
      }
      for (int i = 0; i < left.size(); i++) {
        if (!isSame(left.get(i), right.get(i))) {
          return false;
        }
      }
      return true;
    }
    return one == null ? other == null : one.equals(other);
  }

  private void add(String pointer, @Nullable Object value) {
    values.put(pointer, value);
    if (value instanceof Map<?, ?> members) {
      members.forEach((name, member) -> add(pointer + "/" + escaped(String.valueOf(name)), member));
    } else if (value instanceof List<?> elements) {
      for (int i = 0; i < elements.size(); i++) {
        add(pointer + "/" + i, elements.get(i));
      }
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
