package io.mcpgovernor.cli.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is another in each run, whichever door it goes through: times, durations, ids, and hashes
 * over them. It is taken out before anything is compared.
 */
final class Unsteady {
  /** Where a denial stands in the {@code _meta} of a result. */
  static final String DENIAL = "io.mcpgovernor/denial";

  private static final String ID = "[0-9a-f]{12}-[0-9a-z]+";
  private static final String INSTANT = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";
  private static final Set<String> FIELDS =
      Set.of(
          "timestamp",
          "call_id",
          "seq",
          "prev",
          "hash",
          "execution_time_ms",
          "overhead_us",
          "micros",
          "retry_after_ms");

  private Unsteady() {}

  /** An answer without it; only denials have any. */
  static String outOf(String json) {
    return json.contains(DENIAL)
        ? json.replaceAll("\"decision_id\":\"" + ID + "\"", "\"decision_id\":\"ID\"")
            .replaceAll("Decision " + ID, "Decision ID")
            .replaceAll("\"retry_after_ms\":\\d+", "\"retry_after_ms\":0")
            .replaceAll(INSTANT, "TIME")
        : json;
  }

  /** A record without it. */
  static Map<String, @Nullable Object> outOf(Map<?, ?> record) {
    Map<String, @Nullable Object> steady = new LinkedHashMap<>();
    record.forEach(
        (name, value) -> {
          if (!FIELDS.contains((String) name)) {
            steady.put((String) name, outOfValue(value));
          }
        });
    return steady;
  }

  private static @Nullable Object outOfValue(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return outOf(members);
    } else if (value instanceof List<?> items) {
      List<@Nullable Object> steady = new ArrayList<>();
      items.forEach(item -> steady.add(outOfValue(item)));
      return steady;
    }
    return value instanceof String text ? text.replaceAll(INSTANT, "TIME") : value;
  }
}
