package io.mcpgovernor.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.gateway.relay.UpstreamException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private long now;
  private final Breaker breaker = new Breaker(2, Duration.ofSeconds(10), () -> now);

  private void failTwice() throws Exception {
    for (int i = 0; i < 2; i++) {
      breaker.enter();
      breaker.failed();
    }
  }

  @Test
  void onlyFailuresInARowOpenIt() throws Exception {
    for (int i = 0; i < 5; i++) {
      breaker.enter();
      breaker.failed();
      breaker.enter();
      breaker.succeeded();
    }
    failTwice();
    UpstreamException open = catchThrowableOfType(UpstreamException.class, breaker::enter);
    assertThat(open.retryAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(open.suggestion()).contains("in 10 seconds");
  }

  @Test
  void afterThePauseOneTriesAndItsSuccessClosesIt() throws Exception {
    failTwice();
    now += Duration.ofSeconds(10).toNanos();
    breaker.enter();
    assertThatThrownBy(breaker::enter).isInstanceOf(UpstreamException.class);
    breaker.succeeded();
    breaker.enter();
    breaker.enter();
  }

  @Test
  void afterThePauseItsFailureOpensItAgain() throws Exception {
    failTwice();
    now += Duration.ofSeconds(10).toNanos();
    breaker.enter();
    breaker.failed();
    now += Duration.ofSeconds(9).toNanos();
    assertThatThrownBy(breaker::enter).isInstanceOf(UpstreamException.class);
    now += Duration.ofSeconds(1).toNanos();
    breaker.enter();
  }

  @Test
  void aTryThatSaysNothingIsFollowedByAnother() throws Exception {
    failTwice();
    now += Duration.ofSeconds(10).toNanos();
    breaker.enter();
    breaker.abandoned();
    breaker.enter();
  }
}
