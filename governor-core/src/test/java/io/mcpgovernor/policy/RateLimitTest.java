package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ManualTime;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.policy.RateLimit.By;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualTime time = new ManualTime();

  @Test
  void theHundredAndFirstCallWithinAnyHourIsRefused() {
    RateLimit limit = perUser(100);
    for (int call = 0; call < 100; call++) {
      assertThat(limit.peek(Calls.by("alice")).metadata()).containsEntry("call_count", call);
      assertThat(isAllowed(limit, "alice")).isTrue();
      time.advance(Duration.ofSeconds(36)); // 100 calls fill the hour exactly
    }
    time.set(HOUR);
    assertThat(isAllowed(limit, "alice")).isFalse();
    assertThat(limit.peek(Calls.by("alice")).isAllowed()).isFalse();
    assertThat(isAllowed(limit, "bob")).isTrue();
    time.advance(Duration.ofMillis(1));
    assertThat(isAllowed(limit, "alice")).isTrue();
    assertThat(isAllowed(limit, "alice")).as("one slot frees at a time").isFalse();
  }

  @Test
  void aRefusalNamesCountLimitAndTheInstantASlotFrees() {
    RateLimit limit = perUser(2);
    isAllowed(limit, "alice");
    time.advance(Duration.ofMinutes(20));
    isAllowed(limit, "alice");
    Decision.Deny deny = (Decision.Deny) limit.acquire(Calls.by("alice"));
    assertThat(deny.code()).isEqualTo(DenialCode.RATE_LIMIT);
    assertThat(deny.reason())
        .isEqualTo("Rate limit exceeded: 2 calls within one hour are allowed.");
    assertThat(deny.metadata()).containsEntry("call_count", 2).containsEntry("limit", 2);
    assertThat(deny.retryAfter()).isEqualTo(Duration.ofMinutes(40).plusMillis(1));
    Instant freeAt = Instant.parse(deny.suggestions().get(0).replaceAll(".* until (.*), .*", "$1"));
    time.advance(Duration.between(time.now(), freeAt));
    assertThat(isAllowed(limit, "alice")).isTrue();
    assertThat(limit.peek(Calls.by("alice"))).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void peekingTakesNothingAndCancellingGivesBack() {
    RateLimit limit = perUser(1);
    for (int i = 0; i < 10; i++) {
      assertThat(limit.peek(Calls.by("alice")).isAllowed()).isTrue();
    }
    Permit permit = (Permit) limit.acquire(Calls.by("alice"));
    assertThat(isAllowed(limit, "alice")).isFalse();
    permit.cancel();
    Permit second = (Permit) limit.acquire(Calls.by("alice"));
    second.close();
    assertThat(isAllowed(limit, "alice")).as("a call that ran is not given back").isFalse();
  }

  @Test
  void sixteenThreadsNeverGetMoreThanTheLimitNorLess() throws Exception {
    int threads = 16;
    int rounds = 1_000;
    RateLimit limit = new RateLimit(100, HOUR, Set.of(By.USER), TimeSource.SYSTEM);
    AtomicIntegerArray allowed = new AtomicIntegerArray(rounds);
    CyclicBarrier round = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    ToolCall call = Calls.by("user" + i);
                    round.await();
                    for (int attempt = 0; attempt < 10; attempt++) {
                      if (limit.acquire(call) instanceof Permit) {
                        allowed.incrementAndGet(i);
                      }
                    }
                  }
                  return null;
                }));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    for (int i = 0; i < rounds; i++) {
      assertThat(allowed.get(i)).isEqualTo(100);
    }
  }

  @Test
  void whatIsCountedApartNeverCollides() {
    List<ToolCall> calls = new ArrayList<>();
    for (String user : List.of("a", "ab", "1:a")) {
      for (String tenant : new String[] {null, "b", "1:b", "ab"}) {
        for (Tool tool :
            List.of(Calls.named("s", "t"), Calls.named("s1", ":t"), Calls.named("s1:", "t"))) {
          calls.add(Calls.of(Principal.verified(user), tenant, tool, Json.EMPTY_OBJECT));
        }
      }
    }
    for (Set<By> by :
        List.of(
            EnumSet.of(By.USER),
            EnumSet.of(By.TENANT),
            EnumSet.of(By.SERVER),
            EnumSet.of(By.TOOL),
            EnumSet.of(By.USER, By.TENANT),
            EnumSet.of(By.TENANT, By.TOOL),
            EnumSet.allOf(By.class))) {
      RateLimit limit = new RateLimit(1, HOUR, by, time);
      long allowed = calls.stream().filter(call -> limit.acquire(call) instanceof Permit).count();
      int expected =
          (by.contains(By.USER) ? 3 : 1)
              * (by.contains(By.TENANT) ? 4 : 1)
              * (by.contains(By.SERVER) || by.contains(By.TOOL) ? 3 : 1);
      assertThat(allowed).as("by %s", by).isEqualTo(expected);
    }
  }

  @Test
  void toolsOfTheSameNameOnTwoServersAreTwoTools() {
    RateLimit limit = new RateLimit(1, HOUR, Set.of(By.TOOL), time);
    Principal alice = Principal.verified("alice");
    for (String server : List.of("one", "two")) {
      ToolCall call = Calls.of(alice, null, Calls.named(server, "find"), Json.EMPTY_OBJECT);
      assertThat(limit.acquire(call)).isInstanceOf(Permit.class);
    }
  }

  @Test
  void theSameNameOfAnotherIssuerIsAnotherUser() {
    RateLimit limit = perUser(1);
    assertThat(isAllowed(limit, "alice")).isTrue();
    Principal other =
        new Principal(
            "https://login.example", "alice", Set.of(), Set.of(), Principal.Source.VERIFIED);
    assertThat(limit.acquire(Calls.by(other))).isInstanceOf(Permit.class);
  }

  @Test
  void impossibleLimitsAreRefused() {
    assertThatThrownBy(() -> perUser(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(1, Duration.ZERO, Set.of(By.USER), time))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private RateLimit perUser(int calls) {
    return new RateLimit(calls, HOUR, Set.of(By.USER), time);
  }

  private static boolean isAllowed(RateLimit limit, String user) {
    return limit.acquire(Calls.by(user)) instanceof Permit;
  }
}
