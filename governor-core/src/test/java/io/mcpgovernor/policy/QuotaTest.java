package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private static final ToolCall CALL = Calls.by("alice");

  private final List<String> events = new ArrayList<>();

  @Test
  void allPermitsAreTakenAndEndTogether() {
    Permit permit = (Permit) Quota.acquireAll(List.of(quota("a"), quota("b")), CALL);
    permit.close();
    assertThat(events).containsExactly("take a", "take b", "close a", "close b");
  }

  @Test
  void aCancelledPermitGivesEverythingBack() {
    Permit permit = (Permit) Quota.acquireAll(List.of(quota("a"), quota("b")), CALL);
    permit.cancel();
    permit.close();
    assertThat(events).containsExactly("take a", "take b", "cancel a", "cancel b");
  }

  @Test
  void aDenialGivesBackWhatWasTakenAndAsksNobodyElse() {
    Decision.Deny deny = Decision.deny(DenialCode.CONCURRENCY, "No.", "Wait.");
    Quota denies = of(() -> deny);
    assertThat(Quota.acquireAll(List.of(quota("a"), quota("b"), denies, quota("c")), CALL))
        .isSameAs(deny);
    assertThat(events).containsExactly("take a", "take b", "cancel a", "cancel b");
  }

  @Test
  void aFailureGivesBackWhatWasTaken() {
    for (Throwable failure : List.of(new IllegalStateException(), new StackOverflowError())) {
      events.clear();
      Quota fails =
          of(
              () -> {
                if (failure instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) failure;
              });
      assertThatThrownBy(() -> Quota.acquireAll(List.of(quota("a"), fails), CALL))
          .isSameAs(failure);
      assertThat(events).containsExactly("take a", "cancel a");
    }
  }

  @Test
  void noQuotasAreNoObstacle() {
    assertThat(Quota.acquireAll(List.of(), CALL)).isInstanceOf(Permit.class);
  }

  private Quota quota(String name) {
    return of(
        () -> {
          events.add("take " + name);
          return Permit.of(() -> events.add("close " + name), () -> events.add("cancel " + name));
        });
  }

  private static Quota of(Supplier<Quota.Acquired> answer) {
    return new Quota() {
      @Override
      public Decision peek(ToolCall call) {
        return Decision.allow();
      }

      @Override
      public Acquired acquire(ToolCall call) {
        return answer.get();
      }
    };
  }
}
