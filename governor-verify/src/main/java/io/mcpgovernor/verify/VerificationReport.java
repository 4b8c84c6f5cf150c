package io.mcpgovernor.verify;

import io.mcpgovernor.verify.LogReport.Outcome;
import io.mcpgovernor.verify.LogReport.Problem;
import java.util.List;

/**
 * What was found in all logs that were asked for. Immutable.
 *
 * @param logs one report each
 * @param problems what is wrong with no log in particular, such as a checkpoint of none of them
 */
public record VerificationReport(List<LogReport> logs, List<Problem> problems) {
  /** The worst outcome decides. */
  public Outcome outcome() {
    return problems.isEmpty()
        ? logs.stream().map(LogReport::outcome).max(Outcome::compareTo).orElse(Outcome.UNREADABLE)
        : Outcome.FAILED;
  }

  /** How many records were found right. */
  public long records() {
    return logs.stream().mapToLong(log -> log.records().count()).sum();
  }
}
