package io.mcpgovernor.cli.differential;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON trees with numbers by their value: 1.0 is 1, 1E+22 is 1E22, and -0.0 is 0. */
final class ByValue {
  private ByValue() {}

  /** The same tree, to be compared. */
  static Object of(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, Object> byValue = new TreeMap<>();
      members.forEach((name, member) -> byValue.put((String) name, of(member)));
      return byValue;
    } else if (value instanceof List<?> items) {
      List<Object> byValue = new ArrayList<>();
      items.forEach(item -> byValue.add(of(item)));
      return byValue;
    } else if (value instanceof Number number) {
      return new BigDecimal(number.toString()).stripTrailingZeros();
    }
    return value == null ? "null" : value;
  }
}
