package io.mcpgovernor.cli.differential;

import java.util.Set;

/**
 * What is another in each run, whichever door it goes through: times, durations, ids, and hashes
 * over them. It is taken out before anything is compared.
 */
final class Unsteady {
  private static final String ID = "[0-9a-f]{12}-[0-9a-z]+";
  private static final String INSTANT = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

  /** Where a denial stands in a result. */
  static final String DENIAL = "io.mcpgovernor/denial";

  /** Fields of records. */
  static final Set<String> FIELDS =
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

  /** An answer's JSON without it: only denials have any. */
  static String outOf(String json) {
    return json.contains(DENIAL)
        ? withoutTimes(json)
            .replaceAll("\"decision_id\":\"" + ID + "\"", "\"decision_id\":\"ID\"")
            .replaceAll("Decision " + ID, "Decision ID")
            .replaceAll("\"retry_after_ms\":\\d+", "\"retry_after_ms\":0")
        : json;
  }

  /** A text of a record without it. */
  static String withoutTimes(String text) {
    return text.replaceAll(INSTANT, "TIME");
  }
}
