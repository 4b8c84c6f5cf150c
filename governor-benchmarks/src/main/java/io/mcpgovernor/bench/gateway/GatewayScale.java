package io.mcpgovernor.bench.gateway;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds slices of each target; figures are the median over them
 * @param slice how long a target is called before it is the next one's turn
 * @param warmUp how long each target is called before its first slice, for each number of clients
 *     and size of results
 * @param warmUpCalls how many before anything else, until the compilers have done their work
 * @param warmUpMax but no longer than this for each target and size
 * @param starts of each program whose start is measured
 */
public record GatewayScale(
    int rounds, Duration slice, Duration warmUp, int warmUpCalls, Duration warmUpMax, int starts) {
  /** What figures are reported from. */
  public static final GatewayScale FULL =
      new GatewayScale(
          7, Duration.ofMillis(500), Duration.ofSeconds(1), 40_000, Duration.ofSeconds(40), 20);

  /** Shows that the benchmark works; its figures mean nothing. */
  public static final GatewayScale QUICK =
      new GatewayScale(1, Duration.ofMillis(30), Duration.ZERO, 1, Duration.ofMillis(100), 1);
}
