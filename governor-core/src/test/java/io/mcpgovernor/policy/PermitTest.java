package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PermitTest {

  @Test
  void aPermitEndsOnceAndTheFirstEndCounts() {
    List<String> ends = new ArrayList<>();
    Permit closed = Permit.of(() -> ends.add("closed"), () -> ends.add("cancelled"));
    closed.close();
    closed.cancel();
    closed.close();
    assertThat(ends).containsExactly("closed");
    Permit cancelled = Permit.of(() -> ends.add("closed"), () -> ends.add("cancelled"));
    cancelled.cancel();
    cancelled.close();
    assertThat(ends).containsExactly("closed", "cancelled");
  }

  @Test
  void twoThreadsEndItOnce() throws Exception {
    AtomicInteger ends = new AtomicInteger();
    int rounds = 2_000;
    Permit[] permits = new Permit[rounds];
    for (int i = 0; i < rounds; i++) {
      permits[i] = Permit.of(ends::incrementAndGet, ends::incrementAndGet);
    }
    CyclicBarrier start = new CyclicBarrier(2);
    Thread other =
        new Thread(
            () -> {
              await(start);
              for (Permit permit : permits) {
                permit.close();
              }
            });
    other.start();
    await(start);
    for (Permit permit : permits) {
      permit.cancel();
    }
    other.join();
    assertThat(ends).hasValue(rounds);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
