package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test turns. */
final class TestClock implements TimeSource {
  private final Instant start = Instant.now();
  private final AtomicLong nanos = new AtomicLong();

  void turn(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Override
  public Instant now() {
    return start.plusNanos(nanos.get());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }
}
