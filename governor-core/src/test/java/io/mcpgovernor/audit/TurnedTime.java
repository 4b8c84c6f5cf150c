package io.mcpgovernor.audit;

import io.mcpgovernor.call.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Clocks that stand still until a test turns them; the time of day may go backwards. */
final class TurnedTime implements TimeSource {
  private volatile Instant now = Instant.parse("2026-02-03T04:05:06Z");
  private volatile long nanos = 1_000;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  /** Time passes on both clocks. */
  synchronized void pass(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  /** Somebody sets the clock. */
  void set(Instant now) {
    this.now = now;
  }
}
