package io.mcpgovernor.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a sink waits. */
final class RetryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void retryAfterIsSecondsOrADateAndNeverMoreThanAnHour() {
    assertThat(RetryAfter.of(" 120 ", NOW)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.of("Sun, 22 Nov 2026 10:00:30 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.of("Sun, 22 Nov 2026 09:00:30 GMT", NOW)).isEqualTo(Duration.ZERO);
    assertThat(RetryAfter.of("999999999", NOW)).isEqualTo(Duration.ofHours(1));
    assertThat(RetryAfter.of("soon", NOW)).isNull();
    assertThat(RetryAfter.of("-5", NOW)).isNull();
    assertThat(RetryAfter.of("9".repeat(10_000), NOW)).isNull();
  }

  @Test
  void waitsDoubleUpToTheirBoundAndStartAgainAfterASuccess() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    long[] bounds = {100, 200, 400, 800, 1_000, 1_000};
    for (int round = 0; round < 2; round++) {
      for (long bound : bounds) {
        assertThat(backoff.next(null).toMillis()).isBetween(bound / 2, bound);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(backoff.next(null).toMillis()).isBetween(500L, 1_000L);
      }
      backoff.reset();
    }
  }

  @Test
  void aReceiverThatAsksForTimeGetsIt() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThat(backoff.next(Duration.ofMinutes(5)).toMillis()).isBetween(300_000L, 300_100L);
    assertThat(backoff.next(Duration.ZERO).toMillis()).isBetween(100L, 200L);
  }
}
