package io.mcpgovernor.bench.jmh;

import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.policy.RateLimit.By;
import java.time.Duration;
import java.util.Set;

/**
 * A limit that nobody runs into, over a window so short that after a moment as many calls leave it
 * as come in. A window that only fills up would be measured growing, which a real one does not.
 */
final class TurningWindows {
  private static final Duration WINDOW = Duration.ofMillis(100);
  private static final int CALLS = 1_000_000;

  private TurningWindows() {}

  static GovernorBuilder in(GovernorBuilder governor) {
    return governor.calls(CALLS, WINDOW, Set.of(By.USER));
  }
}
