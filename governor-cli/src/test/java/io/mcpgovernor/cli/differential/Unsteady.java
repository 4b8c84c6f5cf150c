package io.mcpgovernor.cli.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is another with each run, whichever door: times, durations, ids, and hashes over them. It is
 * taken out before anything is compared.
 */
final class Unsteady {
  private static final String ID = "[0-9a-f]{12}-[0-9a-z]+";
  private static final String INSTANT = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";
  private static final Set<String> OF_RECORDS =
      Set.of(
          "timestamp", "call_id", "seq", "prev", "hash", "execution_time_ms", "overhead_us",
          "micros", "retry_after_ms");

  private Unsteady() {}

  /** An answer without it. */
  static String answer(WireAnswer answer) {
    String json = answer.json();
    if (json.contains("io.mcpgovernor/denial")) {
      json =
          json.replaceAll("\"decision_id\":\"" + ID + "\"", "\"decision_id\":\"ID\"")
              .replaceAll("Decision " + ID, "Decision ID")
              .replaceAll(INSTANT, "TIME")
              .replaceAll("\"retry_after_ms\":\\d+", "\"retry_after_ms\":0");
    }
    return answer.kind() + " " + json;
  }

  /** A record without it. */
  static String record(Map<String, @Nullable Object> record) {
    return JsonText.of(without(record));
  }

  private static @Nullable Object without(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> steady = new LinkedHashMap<>();
      members.forEach(
          (name, member) -> {
            if (!OF_RECORDS.contains(name)) {
              steady.put((String) name, without(member));
            }
          });
      return steady;
    } else if (value instanceof List<?> items) {
      List<@Nullable Object> steady = new ArrayList<>();
      items.forEach(item -> steady.add(without(item)));
      return steady;
    } else if (value instanceof String text) {
      return text.replaceAll(INSTANT, "TIME");
    }
    return value;
  }
}
