package io.mcpgovernor.policy;

import io.mcpgovernor.call.TimeSource;
import java.time.Instant;

/** A clock on the wall that is set, forth and back, and counts how often somebody looks. */
final class FixedTime implements TimeSource {
  private volatile Instant now;
  private volatile int looks;

  FixedTime(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant now() {
    looks++;
    return now;
  }

  @Override
  public long nanos() {
    return 0;
  }

  void set(Instant moment) {
    now = moment;
  }

  int looks() {
    return looks;
  }
}
