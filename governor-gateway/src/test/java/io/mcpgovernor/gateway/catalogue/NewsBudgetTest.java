package io.mcpgovernor.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How often news of a server may be taken down. */
final class NewsBudgetTest {
  private long nanos = Long.MAX_VALUE - 5; // the clock may start anywhere, and wrap

  private final NewsBudget budget =
      new NewsBudget(
          new TimeSource() {
            @Override
            public Instant now() {
              return Instant.EPOCH;
            }

            @Override
            public long nanos() {
              return nanos;
            }
          });

  private int taken() {
    int taken = 0;
    while (budget.take()) {
      taken++;
    }
    return taken;
  }

  @Test
  void sixtyTimesAtOnceAndThenOnceASecond() {
    assertThat(taken()).isEqualTo(60);
    nanos += Duration.ofMillis(999).toNanos();
    assertThat(taken()).isZero();
    nanos += Duration.ofMillis(1).toNanos();
    assertThat(taken()).isEqualTo(1);
    nanos += Duration.ofSeconds(7).toNanos();
    assertThat(taken()).isEqualTo(7);
    nanos += Duration.ofDays(1).toNanos();
    assertThat(taken()).isEqualTo(60);
  }
}
