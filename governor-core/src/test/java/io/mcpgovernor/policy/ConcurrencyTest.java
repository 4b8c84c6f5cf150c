package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  @Test
  void aUserHasOnlySoManyCallsRunningAndOthersAreNotTouched() {
    Concurrency limit = new Concurrency(2);
    Permit first = (Permit) limit.acquire(Calls.by("alice"));
    limit.acquire(Calls.by("alice"));
    assertThat(limit.peek(Calls.by("alice")).isAllowed()).isFalse();
    Decision.Deny deny = (Decision.Deny) limit.acquire(Calls.by("alice"));
    assertThat(deny.code()).isEqualTo(DenialCode.CONCURRENCY);
    assertThat(deny.retryAfter()).isPositive();
    assertThat(deny.metadata()).containsEntry("concurrency_limit", 2);
    assertThat(limit.acquire(Calls.by("bob"))).isInstanceOf(Permit.class);
    first.close();
    first.cancel();
    assertThat(limit.acquire(Calls.by("alice"))).isInstanceOf(Permit.class);
    assertThat(limit.acquire(Calls.by("alice"))).as("it ended once").isEqualTo(deny);
  }

  @Test
  void aCancelledCallLeavesItsPlaceToo() {
    Concurrency limit = new Concurrency(1);
    for (int i = 0; i < 3; i++) {
      ((Permit) limit.acquire(Calls.by("alice"))).cancel();
    }
    assertThat(limit.peek(Calls.by("alice")).isAllowed()).isTrue();
  }

  @Test
  void underThreadsThereAreNeverTooManyAndInTheEndNone() throws Exception {
    Concurrency limit = new Concurrency(3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ToolCall call = Calls.by("alice");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    if (limit.acquire(call) instanceof Permit permit) {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      Thread.yield();
                      running.decrementAndGet();
                      permit.close();
                    }
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(limit.acquire(call)).isInstanceOf(Permit.class);
    }
  }

  @Test
  void aLimitIsAtLeastOne() {
    assertThatThrownBy(() -> new Concurrency(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
