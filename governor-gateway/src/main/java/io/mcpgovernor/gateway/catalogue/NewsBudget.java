package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.TimeSource;

/**
 * How often news of one server is taken down: a server that invents other definitions each time it
 * is asked fills neither the disk nor the audit log. Not thread-safe.
 */
final class NewsBudget {
  private static final int BURST = 60;
  private static final long NANOS_EACH = 1_000_000_000L;

  private final TimeSource time;
  private long left = BURST;
  private long sinceNanos;

  NewsBudget(TimeSource time) {
    this.time = time;
    this.sinceNanos = time.nanos();
  }

  /** Whether news may be taken down now; sixty times at once, and once a second. */
  boolean take() {
    long seconds = (time.nanos() - sinceNanos) / NANOS_EACH;
    if (left + seconds >= BURST) {
      left = BURST;
      sinceNanos = time.nanos();
    } else {
      left += seconds;
      sinceNanos += seconds * NANOS_EACH;
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
