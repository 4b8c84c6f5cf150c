package io.mcpgovernor.test;

import io.mcpgovernor.Denial;
import io.mcpgovernor.Denial.Executed;
import java.time.Duration;

/** What a client was told that was denied. Immutable and thread-safe. */
public final class DenialAssert {
  private static final Duration TOLERANCE = Duration.ofMillis(2);

  private final Answer answer;
  private final Denial denial;

  DenialAssert(Answer answer, Denial denial) {
    this.answer = answer;
    this.denial = denial;
  }

  /** The denial itself. */
  public Denial denial() {
    return denial;
  }

  /** Its reason must hold this text. */
  public DenialAssert hasReason(String part) {
    if (!denial.reason().contains(part)) {
      throw answer.failure(
          "was to be denied for a reason with '" + part + "'", part, denial.reason());
    }
    return this;
  }

  /** One of its suggestions must hold this text. */
  public DenialAssert suggests(String part) {
    if (denial.suggestions().stream().noneMatch(suggestion -> suggestion.contains(part))) {
      throw answer.failure(
          "was to be denied with a suggestion that has '" + part + "'", part, denial.suggestions());
    }
    return this;
  }

  /**
   * It must say that another try may do after this time, give or take two milliseconds: limits let
   * a call go a millisecond late.
   */
  public DenialAssert hasRetryAfter(Duration wait) {
    Duration said = denial.retryAfter();
    if (said == null || said.minus(wait).abs().compareTo(TOLERANCE) > 0) {
      throw answer.failure(
          "was to be denied until " + wait + " from now, but for " + (said == null ? "good" : said),
          wait,
          said);
    }
    return this;
  }

  /** It must say this about whether the tool ran. */
  public DenialAssert hasExecuted(Executed executed) {
    if (denial.executed() != executed) {
      throw answer.failure(
          "was to be denied with 'executed: "
              + executed.text()
              + "', but the denial says "
              + denial.executed().text(),
          executed,
          denial.executed());
    }
    return this;
  }

  /** None of these texts may stand in what the client was told. */
  public DenialAssert doesNotContain(String... texts) {
    answer.requireNone(texts);
    return this;
  }
}
