package io.mcpgovernor.sink;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next try: twice as long each time up to a bound, of which a random
 * part is waited, so that many senders do not come back together. Not thread-safe.
 */
final class Backoff {
  private final long firstMillis;
  private final long maxMillis;
  private int failures;

  Backoff(Duration first, Duration max) {
    this.firstMillis = first.toMillis();
    this.maxMillis = max.toMillis();
  }

  /** It went well. */
  void reset() {
    failures = 0;
  }

  /**
   * It failed once more.
   *
   * @param atLeast what the receiver asked for, or null
   */
  Duration next(@Nullable Duration atLeast) {
    long bound = Math.min(maxMillis, firstMillis << Math.min(failures, 20));
    failures++;
    // Half of it at least: a wait of nothing would be no back-off.
    long wait = bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1);
    return atLeast == null || atLeast.toMillis() < wait
        ? Duration.ofMillis(wait)
        : atLeast.plusMillis(ThreadLocalRandom.current().nextLong(firstMillis + 1));
  }
}
