package io.mcpgovernor.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Policy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Time passes when the test says so, for everything the governor measures on its clocks. */
final class FakeClockTest {
  private final AtomicInteger asked = new AtomicInteger();

  @RegisterExtension
  final GovernorExtension governed =
      GovernorExtension.of(new CustomerTools())
          .with(
              governor ->
                  governor
                      .denialsPerMinute(2)
                      .rule(
                          "counted",
                          Policy.cacheable(
                              call -> {
                                asked.incrementAndGet();
                                return Decision.allow();
                              })));

  private final FakeClock clock = new FakeClock();

  @Test
  void bothClocksAdvanceTogetherAndOnlyWhenTold() {
    long nanos = clock.nanos();

    clock.advance(Duration.ofSeconds(90));

    assertThat(clock.now()).isEqualTo(FakeClock.START.plusSeconds(90));
    assertThat(clock.nanos() - nanos).isEqualTo(90_000_000_000L);
    assertThat(clock).hasToString("2026-01-01T00:01:30Z");
  }

  @Test
  void timeDoesNotGoBack() {
    assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
  }

  @Test
  void noAdvanceIsLostBetweenThreads() {
    IntStream.range(0, 1_000).parallel().forEach(i -> clock.advance(Duration.ofMillis(1)));

    assertThat(clock.now()).isEqualTo(FakeClock.START.plusSeconds(1));
  }

  @Test
  void theBoundOnRefusedCallsEndsWithItsMinute() {
    CallAssert call = governed.assertThatCall("export").as("mallory");
    call.isDenied("pii_access");
    call.isDenied("pii_access");
    call.isDenied("rate_limit").hasReason("Too many refused calls");

    governed.clock().advance(Duration.ofMinutes(1));
    call.isDenied("rate_limit");
    governed.clock().advancePast(Duration.ZERO);

    call.isDenied("pii_access");
  }

  @Test
  void keptAnswersOfARuleEndAfterFiveMinutes() {
    CallAssert call = governed.assertThatCall("who_am_i").as("alice");
    call.isAllowed();
    call.isAllowed();
    assertThat(asked).hasValue(1);

    governed.clock().advance(Duration.ofMinutes(6));
    call.isAllowed();

    assertThat(asked).hasValue(2);
  }

  @Test
  void recordsBearItsTime() {
    governed.clock().advance(Duration.ofDays(1));
    governed.assertThatCall("who_am_i").as("alice").isAllowed();

    assertThat(governed.governor().readLogs(1).get(0).object())
        .containsEntry("timestamp", "2026-01-02T00:00:00.000000Z");
  }
}
