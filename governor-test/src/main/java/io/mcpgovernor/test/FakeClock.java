package io.mcpgovernor.test;

import io.mcpgovernor.call.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it: the wall clock and the nanoseconds together.
 *
 * <p>It turns what the governor measures on its {@link TimeSource}: windows of rate limits, the
 * bound on refused calls, the life of cached decisions, timestamps of records. Time-outs of tools
 * and of rules run in real time all the same, since a tool that hangs does not look at a clock.
 *
 * <p>Thread-safe.
 */
public final class FakeClock implements TimeSource {
  /** Where a clock starts: midnight (UTC) on the first of January 2026. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong();

  /** A clock at {@link #START}. */
  public FakeClock() {}

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  /**
   * Lets time pass.
   *
   * @param duration at least zero; up to 292 years in all. A whole window of a rate limit needs
   *     {@link #advancePast}
   * @throws IllegalArgumentException if it is negative: time does not go back
   * @throws ArithmeticException if it is too much
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not go back");
    }
    long added = duration.toNanos();
    nanos.updateAndGet(passed -> Math.addExact(passed, added));
  }

  /**
   * Lets time pass and a millisecond more, which is what ends a window: a rate limit lets a call go
   * only when it is older than its window, and counts in milliseconds.
   *
   * @param duration as in {@link #advance}
   */
  public void advancePast(Duration duration) {
    advance(duration.plusMillis(1));
  }

  @Override
  public String toString() {
    return now().toString();
  }
}
