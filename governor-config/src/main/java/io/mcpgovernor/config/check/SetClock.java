package io.mcpgovernor.config.check;

import io.mcpgovernor.call.TimeSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time of day that stands where it is set; durations are measured as ever. Thread-safe. */
final class SetClock implements TimeSource {
  private volatile @Nullable Instant at;

  /** Sets it, or lets it run if there is no time. */
  void set(@Nullable Instant time) {
    at = time;
  }

  @Override
  public Instant now() {
    Instant set = at;
    return set != null ? set : SYSTEM.now();
  }

  @Override
  public long nanos() {
    return SYSTEM.nanos();
  }
}
