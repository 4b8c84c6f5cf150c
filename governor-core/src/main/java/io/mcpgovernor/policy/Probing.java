package io.mcpgovernor.policy;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Refuses a user outright who was denied too often within a minute, so that trying out what gets
 * through is bounded. Refusals of its own are not counted: who waits a minute may go on.
 * Thread-safe.
 */
public final class Probing {
  /** The fact by which its own refusals are known. */
  public static final String LIMIT = "denial_limit";

  /** How long a denial counts. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  private final int denialsMax;
  private final SlidingWindows denials;
  private final TimeSource time;

  /**
   * A bound.
   *
   * @param denialsMax denials within a minute, at least 1
   */
  public Probing(int denialsMax, TimeSource time) {
    this(denialsMax, new SlidingWindows(WINDOW, RateLimit.KEYS_MAX, time), time);
  }

  private Probing(int denialsMax, SlidingWindows denials, TimeSource time) {
    if (denialsMax < 1) {
      throw new IllegalArgumentException("a limit must be at least 1");
    }
    this.denialsMax = denialsMax;
    this.time = time;
    this.denials = denials;
  }

  /** A bound of so many denials that goes on with the windows of this one. */
  public Probing with(int denialsMax) {
    return new Probing(denialsMax, denials, time);
  }

  /** How many denials the caller has had within a minute. */
  public int count(ToolCall call) {
    return denials.usage(call.principal().key(), denialsMax).count();
  }

  /** Whether the caller may be heard at all. */
  public Decision decide(ToolCall call) {
    SlidingWindows.Usage usage = denials.usage(call.principal().key(), denialsMax);
    if (!usage.isFull()) {
      return Decision.allow();
    }
    return new Decision.Deny(
        DenialCode.RATE_LIMIT,
        "Too many refused calls: " + denialsMax + " within one minute.",
        List.of(
            "Wait a minute, and mend what the earlier refusals named before calling again.",
            "Ask an administrator what this user may do instead of trying it out."),
        usage.freesIn(),
        Map.of("denial_count", usage.count(), LIMIT, denialsMax));
  }

  /** Counts a denial, unless it is one of its own. */
  public void count(ToolCall call, Decision.Deny denial) {
    if (!denial.metadata().containsKey(LIMIT)) {
      denials.tryAdd(call.principal().key(), denialsMax);
    }
  }

  /**
   * Counts denials that were made before this process began, unless they have left the window.
   *
   * @param principal whose, by its {@linkplain io.mcpgovernor.call.Principal#key() key}
   * @param count how many, at least 1
   * @param at when they were put on record
   */
  public void restore(String principal, int count, Instant at) {
    Duration age = Duration.between(at, time.now());
    for (int i = 0; i < Math.min(count, denialsMax); i++) {
      denials.restore(principal, denialsMax, age);
    }
  }
}
