package io.mcpgovernor.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);

  private static long inSeconds(int seconds) {
    return System.nanoTime() + seconds * 1_000_000_000L;
  }

  @Test
  void halfIsForRequestsAndHalfForAnswers() {
    assertThat(budget.tryTakeForRequest(50)).isTrue();
    assertThat(budget.tryTakeForRequest(1)).isFalse();
    assertThat(budget.tryTake(50)).isTrue();
    assertThat(budget.tryTake(1)).isFalse();
    budget.giveBackOfRequest(50);
    assertThat(budget.tryTake(1)).isFalse();
    assertThat(budget.tryTakeForRequest(1)).isTrue();
    budget.giveBackOfRequest(1);
    budget.giveBack(50);
    assertThat(budget.used()).isZero();
  }

  @Test
  void whatIsLargerThanAllGoesThroughAlone() throws Exception {
    assertThat(budget.tryTake(1_000)).isTrue();
    assertThat(budget.take(1, System.nanoTime())).isFalse();
    budget.giveBack(1_000);
    assertThat(budget.take(1, System.nanoTime())).isTrue();
  }

  @Test
  void whoWaitsGetsItWhenThereIsRoom() throws Exception {
    budget.add(50);
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            taken.complete(budget.take(30, inSeconds(50)));
          } catch (InterruptedException e) {
            taken.completeExceptionally(e);
          }
        });
    budget.giveBack(15);
    budget.giveBack(15);
    assertThat(taken.get()).isTrue();
    assertThat(budget.used()).isEqualTo(50);
  }

  @Test
  void manyAtOnceNeverHoldMoreThanThereIs() throws Exception {
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int n = 0; n < 2_000; n++) {
                  int bytes = ThreadLocalRandom.current().nextInt(1, 30);
                  try {
                    assertThat(budget.take(bytes, inSeconds(50))).isTrue();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                  held.addAndGet(-bytes);
                  budget.giveBack(bytes);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most.get()).isBetween(1L, 50L);
    assertThat(budget.used()).isZero();
  }
}
