package io.mcpgovernor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ToolThreadsTest {
  @Test
  void aBurstBeyondTheThreadsWaitsAndAllOfItRuns() throws InterruptedException {
    ToolThreads threads = new ToolThreads(4, 20_000);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger runningMax = new AtomicInteger();
    CountDownLatch ran = new CountDownLatch(20_000);
    Runnable task =
        () -> {
          runningMax.accumulateAndGet(running.incrementAndGet(), Math::max);
          running.decrementAndGet();
          ran.countDown();
        };
    Runnable burst =
        () -> {
          for (int i = 0; i < 10_000; i++) {
            threads.execute(task);
          }
        };
    Thread other = new Thread(burst);
    other.start();
    burst.run();
    other.join();

    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(runningMax.get()).isBetween(1, 4);
    threads.close(1_000);
  }

  @Test
  void whatWaitsRunsAsSoonAsAThreadIsFreeAndNoMoreMayWaitThanTheBound()
      throws InterruptedException {
    ToolThreads threads = new ToolThreads(1, 1);
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(1);
    threads.execute(() -> await(hold));
    threads.execute(ran::countDown);

    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> threads.execute(() -> {}));
    assertThat(ran.getCount()).isEqualTo(1);

    hold.countDown();
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    threads.close(1_000);
  }

  @Test
  void aTaskThatThrowsTakesNoThreadWithIt() throws InterruptedException {
    ToolThreads threads = new ToolThreads(1, 10);
    CountDownLatch ran = new CountDownLatch(1);
    threads.execute(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
          throw new StackOverflowError();
        });
    threads.execute(ran::countDown);

    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    threads.close(1_000);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
