package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.ManualTime;
import io.mcpgovernor.call.ToolCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbingTest {
  private static final Decision.Deny DENIED =
      Decision.deny(DenialCode.RLS, "You have no access.", "Ask for it.");

  private final ManualTime time = new ManualTime();
  private final Probing probing = new Probing(3, time);
  private final ToolCall call = Calls.by("alice");

  @Test
  void tooManyDenialsWithinAMinuteRefuseTheUserOutright() {
    for (int i = 0; i < 3; i++) {
      assertThat(probing.decide(call).isAllowed()).isTrue();
      probing.count(call, DENIED);
      time.advance(Duration.ofSeconds(10));
    }
    Decision.Deny refused = (Decision.Deny) probing.decide(call);
    assertThat(refused.code()).isEqualTo(DenialCode.RATE_LIMIT);
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30).plusMillis(1));
    assertThat(refused.metadata())
        .containsEntry("denial_count", 3)
        .containsEntry("denial_limit", 3);
    assertThat(probing.decide(Calls.by("bob")).isAllowed()).isTrue();
  }

  @Test
  void itsOwnRefusalsAreNotCountedSoThatWaitingHelps() {
    for (int i = 0; i < 3; i++) {
      probing.count(call, DENIED);
    }
    for (int i = 0; i < 600; i++) { // an agent that never stops asking
      time.advance(Duration.ofMillis(100));
      if (probing.decide(call) instanceof Decision.Deny refused) {
        probing.count(call, refused);
      }
    }
    time.advance(Duration.ofMillis(1));
    assertThat(probing.decide(call).isAllowed()).isTrue();
  }
}
