package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Time that goes on when a test says so. */
final class HandTurnedClock implements TimeSource {
  private long nanos = Long.MAX_VALUE - Duration.ofMinutes(5).toNanos(); // it overflows soon

  void turn(Duration by) {
    nanos += by.toNanos();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
