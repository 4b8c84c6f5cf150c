package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ManualTime;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecisionCacheTest {
  private final ManualTime time = new ManualTime();
  private final Grants grants = new Grants(change -> {});
  private final DecisionCache cache = new DecisionCache(grants, time);
  private final AtomicInteger asked = new AtomicInteger();
  private final Policy policy =
      Policy.cacheable(call -> Decision.allow(Map.of("asked", asked.incrementAndGet())));

  @Test
  void anAnswerIsKeptForFiveMinutesFromItsWriting() {
    ask(Calls.by("alice"));
    for (int minute = 0; minute < 5; minute++) {
      Decision decision = ask(Calls.by("alice"));
      assertThat(decision.metadata()).containsEntry("asked", 1).containsEntry("cached", true);
      time.advance(Duration.ofMinutes(1).minusNanos(1)); // reading does not prolong its life
    }
    time.advance(Duration.ofNanos(5));
    assertThat(ask(Calls.by("alice")).metadata()).containsEntry("asked", 2).hasSize(1);
  }

  @Test
  void aDenialIsKeptWithAllItSays() {
    Decision.Deny deny =
        new Decision.Deny(
            DenialCode.rule("x"), "No.", List.of("Ask."), Duration.ofSeconds(3), Map.of("a", 1));
    Policy denies = Policy.cacheable(call -> deny);
    assertThat(answer(denies, Calls.by("alice"))).isEqualTo(deny);
    assertThat(answer(denies, Calls.by("alice")))
        .isEqualTo(deny.with(Map.of("a", 1, "cached", true)));
  }

  @Test
  void everyGrantAndRevocationIsSeenByTheNextCall() {
    ask(Calls.by("alice"));
    grants.grantPiiPermission("bob");
    assertThat(ask(Calls.by("alice")).metadata()).containsEntry("asked", 2);
    grants.revokePiiPermission("bob");
    assertThat(ask(Calls.by("alice")).metadata()).containsEntry("asked", 3);
  }

  @Test
  void aGrantWhileThePolicyThinksIsNotMissed() {
    CompletableFuture<Decision> slow = new CompletableFuture<>();
    Policy thinks = cacheable(slow);
    CompletionStage<Decision> first = cache.decide("p", thinks, Calls.by("alice"));
    grants.revokePiiPermission("alice");
    slow.complete(Decision.allow());
    assertThat(first.toCompletableFuture()).isCompletedWithValue(Decision.allow());
    assertThat(ask(Calls.by("alice")).metadata()).doesNotContainKey("cached");
  }

  @Test
  void whateverAnAnswerMayDependOnTellsCallsApart() {
    Tool tool = Calls.named("crm", "find");
    Principal alice = Principal.verified("alice");
    List<ToolCall> calls =
        List.of(
            Calls.of(alice, null, tool, Json.EMPTY_OBJECT),
            Calls.of(Principal.verified("bob"), null, tool, Json.EMPTY_OBJECT),
            Calls.of(Principal.explicit("alice"), null, tool, Json.EMPTY_OBJECT),
            Calls.of(alice.withRoles(Set.of("dev")), null, tool, Json.EMPTY_OBJECT),
            Calls.of(alice.withTenants(Set.of("acme")), null, tool, Json.EMPTY_OBJECT),
            Calls.of(alice, "acme", tool, Json.EMPTY_OBJECT),
            Calls.of(alice, null, Calls.named("crm", "list"), Json.EMPTY_OBJECT),
            Calls.of(alice, null, Calls.named("erp", "find"), Json.EMPTY_OBJECT),
            Calls.of(
                alice,
                null,
                Calls.tool("{\"name\":\"find\",\"title\":\"changed\"}").build(),
                Json.EMPTY_OBJECT),
            Calls.of(alice, null, tool, Json.text("{\"a\":1}")));
    for (ToolCall call : calls) {
      assertThat(ask(call).metadata()).doesNotContainKey("cached");
    }
    for (ToolCall call : calls) {
      assertThat(ask(call).metadata()).containsEntry("cached", true);
    }
    ToolCall later =
        new ToolCall("another", alice, null, tool, Json.text("{}"), Instant.EPOCH.plusSeconds(9));
    assertThat(ask(later).metadata()).containsEntry("cached", true);
    assertThat(cache.decide("other", policy, later).toCompletableFuture().join().metadata())
        .doesNotContainKey("cached");
  }

  @Test
  void onlyCacheablePoliciesAreRemembered() {
    Policy fresh = Policy.of(call -> Decision.allow(Map.of("asked", asked.incrementAndGet())));
    assertThat(answer(fresh, Calls.by("alice")).metadata()).containsEntry("asked", 1);
    assertThat(answer(fresh, Calls.by("alice")).metadata()).containsEntry("asked", 2);
  }

  @Test
  void aFailureIsNotRemembered() {
    Policy fails = cacheable(CompletableFuture.failedFuture(new IllegalStateException("down")));
    assertThatThrownBy(() -> answer(fails, Calls.by("alice"))).hasMessageContaining("down");
    assertThat(ask(Calls.by("alice")).metadata()).containsEntry("asked", 1);
  }

  private static Policy cacheable(CompletionStage<Decision> answer) {
    return new Policy() {
      @Override
      public CompletionStage<Decision> decide(ToolCall call) {
        return answer;
      }

      @Override
      public boolean isCacheable() {
        return true;
      }
    };
  }

  private Decision ask(ToolCall call) {
    return answer(policy, call);
  }

  private Decision answer(Policy policy, ToolCall call) {
    return cache.decide("p", policy, call).toCompletableFuture().join();
  }
}
