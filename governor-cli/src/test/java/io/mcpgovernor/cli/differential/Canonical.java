package io.mcpgovernor.cli.differential;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in one form for all texts that mean the same: members in order of their names, numbers by
 * their value.
 */
final class Canonical {
  private Canonical() {}

  /** An answer's. */
  static @Nullable Object answer(@Nullable Object tree) {
    return of(tree, false);
  }

  /** A record's, without what is another in each run. */
  static @Nullable Object record(Map<String, @Nullable Object> record) {
    return of(record, true);
  }

  private static @Nullable Object of(@Nullable Object value, boolean isRecord) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> canonical = new TreeMap<>();
      members.forEach(
          (name, member) -> {
            if (!isRecord || !Unsteady.FIELDS.contains((String) name)) {
              canonical.put((String) name, of(member, isRecord));
            }
          });
      return canonical;
    } else if (value instanceof List<?> items) {
      List<@Nullable Object> canonical = new ArrayList<>();
      items.forEach(item -> canonical.add(of(item, isRecord)));
      return canonical;
    } else if (value instanceof Number number) {
      BigDecimal exact = exact(number).stripTrailingZeros();
      return exact.scale() <= 0 && exact.scale() > -30 ? exact.toBigInteger() : exact;
    } else if (value instanceof String text && isRecord) {
      return Unsteady.withoutTimes(text);
    }
    return value;
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      default -> new BigDecimal(number.toString());
    };
  }
}
