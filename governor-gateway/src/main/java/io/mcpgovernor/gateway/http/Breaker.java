package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import io.mcpgovernor.gateway.relay.UpstreamState;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves a server alone that failed several times in a row, and lets one request after a pause try
 * whether it is back. Thread-safe.
 */
final class Breaker {
  private final int failuresMax;
  private final long pauseNanos;
  private final LongSupplier nanos;

  // Written under the lock; read without it by those for whom all is well.
  private volatile int failures;
  private long openedAt;
  private boolean trying;

  /**
   * A closed one.
   *
   * @param nanos the time, as {@link System#nanoTime} gives it
   */
  Breaker(int failuresMax, Duration pause, LongSupplier nanos) {
    this.failuresMax = failuresMax;
    this.pauseNanos = pause.toNanos();
    this.nanos = nanos;
  }

  /**
   * Before a request; then one of {@link #succeeded}, {@link #failed} and {@link #abandoned}.
   *
   * @throws UpstreamException if the server is left alone
   */
  void enter() throws UpstreamException {
    if (failures >= failuresMax) {
      enterOpen();
    }
  }

  private synchronized void enterOpen() throws UpstreamException {
    if (failures < failuresMax) {
      return;
    }
    long left = pauseNanos - (nanos.getAsLong() - openedAt);
    if (left > 0 || trying) {
      Duration wait = Duration.ofNanos(Math.max(left, 1_000_000_000L));
      throw new UpstreamException(
          Reached.NO,
          "The server failed " + failures + " times in a row and is not asked for a while.",
          "Try again in "
              + Math.max(1, wait.toSeconds())
              + " seconds, and look whether the server runs.",
          wait);
    }
    trying = true;
  }

  /** How the server looks to those who would ask it now. */
  UpstreamState state() {
    return failures < failuresMax ? UpstreamState.UP : openState();
  }

  private synchronized UpstreamState openState() {
    return failures < failuresMax
        ? UpstreamState.UP
        : nanos.getAsLong() - openedAt < pauseNanos ? UpstreamState.DOWN : UpstreamState.TRYING;
  }

  void succeeded() {
    if (failures > 0) {
      reset();
    }
  }

  private synchronized void reset() {
    failures = 0;
    trying = false;
  }

  synchronized void failed() {
    trying = false;
    failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
    if (failures >= failuresMax) {
      openedAt = nanos.getAsLong();
    }
  }

  /** The request says nothing about the server. */
  void abandoned() {
    if (failures >= failuresMax) {
      stopTrying();
    }
  }

  private synchronized void stopTrying() {
    trying = false;
  }
}
