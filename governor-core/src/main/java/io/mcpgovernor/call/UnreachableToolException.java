package io.mcpgovernor.call;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A tool that cannot be asked, or whose answer does not come or cannot be read. */
public final class UnreachableToolException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean mayHaveRun;
  private final String suggestion;
  private final @Nullable Duration retryAfter;

  /**
   * A failure.
   *
   * @param mayHaveRun whether the tool may have been reached
   * @param reason a sentence fit for the caller's eyes: nothing the server said
   * @param suggestion what to do
   * @param retryAfter how long to wait, where waiting helps
   */
  public UnreachableToolException(
      boolean mayHaveRun, String reason, String suggestion, @Nullable Duration retryAfter) {
    super(reason);
    this.mayHaveRun = mayHaveRun;
    this.suggestion = suggestion;
    this.retryAfter = retryAfter;
  }

  /** Whether the tool may have been reached. */
  public boolean mayHaveRun() {
    return mayHaveRun;
  }

  /** A sentence fit for the caller's eyes. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** What to do. */
  public String suggestion() {
    return suggestion;
  }

  /** How long to wait, where waiting helps. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
