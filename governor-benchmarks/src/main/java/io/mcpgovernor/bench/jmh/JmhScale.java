package io.mcpgovernor.bench.jmh;

import java.time.Duration;

/**
 * How long JMH measures each operation.
 *
 * @param forks processes one after the other, each with its own warm-up; 0 stays in this one
 * @param warmUps iterations that do not count, in each process
 * @param iterations iterations that count, in each process
 * @param iteration how long each takes
 * @param users users known where many are
 */
public record JmhScale(int forks, int warmUps, int iterations, Duration iteration, int users) {
  /** A first look, within about a minute. */
  public static final JmhScale SHORT = new JmhScale(1, 3, 2, Duration.ofSeconds(1), 1_000_000);

  /** What figures are reported from; about ten minutes. */
  public static final JmhScale FULL = new JmhScale(3, 5, 5, Duration.ofSeconds(2), 1_000_000);

  /** Shows that the benchmarks work; their figures mean nothing. */
  public static final JmhScale QUICK = new JmhScale(0, 0, 1, Duration.ofMillis(20), 100);
}
