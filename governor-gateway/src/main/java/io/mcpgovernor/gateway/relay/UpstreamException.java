package io.mcpgovernor.gateway.relay;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server that cannot be reached, went away, is too slow, or answers what cannot be read. */
public final class UpstreamException extends Exception {
  /** Whether the server may have done what it was asked. */
  public enum Reached {
    /** Certainly not: the request was not sent. */
    NO,
    /** Perhaps. */
    UNKNOWN
  }

  @Serial private static final long serialVersionUID = 1L;

  private final Reached reached;
  private final String suggestion;
  private final @Nullable Duration retryAfter;

  /**
   * A failure.
   *
   * @param reason a sentence fit for a client: no addresses, no credentials, nothing the server
   *     said
   * @param suggestion what to do
   * @param retryAfter when it may work again; null where nobody knows
   */
  public UpstreamException(
      Reached reached, String reason, String suggestion, @Nullable Duration retryAfter) {
    super(reason);
    this.reached = reached;
    this.suggestion = suggestion;
    this.retryAfter = retryAfter;
  }

  /** A sentence fit for a client. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Whether the server may have done what it was asked. */
  public Reached reached() {
    return reached;
  }

  /** What to do. */
  public String suggestion() {
    return suggestion;
  }

  /** When it may work again; null where nobody knows. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
