package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SparesTest {
  @Test
  void whatIsLentIsNobodyElsesAndWhatComesBackIsLentAgain() {
    Spares<Object> spares = new Spares<>(Object::new);
    Object first = spares.take();
    Object second = spares.take();
    assertThat(second).isNotSameAs(first);
    spares.give(first);
    assertThat(spares.take()).isSameAs(first);
  }

  @Test
  void itKeepsAFewHoweverManyComeBack() {
    AtomicInteger made = new AtomicInteger();
    Spares<Integer> spares = new Spares<>(made::incrementAndGet);
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      taken.add(spares.take());
    }
    taken.forEach(spares::give);
    Set<Integer> again = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      again.add(spares.take());
    }
    assertThat(again).doesNotHaveDuplicates().hasSize(1_000);
    assertThat(made.get()).isEqualTo(2_000 - 2 * Runtime.getRuntime().availableProcessors());
  }

  @Test
  void twoThreadsNeverHaveTheSameOne() throws Exception {
    Spares<AtomicBoolean> spares = new Spares<>(AtomicBoolean::new);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> alone = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        alone.add(
            pool.submit(
                () -> {
                  boolean isAlone = true;
                  for (int i = 0; i < 20_000; i++) {
                    AtomicBoolean lent = spares.take();
                    isAlone &= lent.compareAndSet(false, true);
                    lent.set(false);
                    spares.give(lent);
                  }
                  return isAlone;
                }));
      }
      for (Future<Boolean> each : alone) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
