package io.mcpgovernor.config.file;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Numbers with a unit, such as {@code 60s} and {@code 8MiB}. */
enum Unit {
  /** In milliseconds. */
  TIME(Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L)),
  /** In bytes. */
  BYTES(Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40));

  @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
  private final Map<String, Long> factors;

  Unit(Map<String, Long> factors) {
    this.factors = factors;
  }

  /** The amount of a text that {@link #pattern} matches. */
  long amount(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    Long factor = factors.get(text.substring(digits));
    if (digits == 0 || factor == null) {
      throw new IllegalArgumentException("not an amount: " + text);
    }
    return new BigInteger(text.substring(0, digits))
        .multiply(BigInteger.valueOf(factor))
        .longValueExact();
  }

  /** Matches the amounts between two, in any unit in which they are whole. */
  String pattern(String min, String max) {
    long from = amount(min);
    long to = amount(max);
    List<String> patterns = new ArrayList<>();
    factors.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            unit -> {
              long factor = unit.getValue();
              long low = Math.max(from == 0 ? 0 : 1, (from + factor - 1) / factor);
              if (low <= to / factor) {
                patterns.add(DigitRange.pattern(low, to / factor) + unit.getKey());
              }
            });
    return "(?:" + String.join("|", patterns) + ")";
  }

  /** The units, for people. */
  String names() {
    List<String> names = new ArrayList<>();
    factors.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(unit -> names.add(unit.getKey()));
    return String.join(", ", names);
  }
}
