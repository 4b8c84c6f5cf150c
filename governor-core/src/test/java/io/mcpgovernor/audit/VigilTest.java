package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When it pays to stay awake. */
final class VigilTest {
  private final Vigil vigil = new Vigil();

  @Test
  void whereSomethingAlwaysComesItPaysEachTime() {
    for (int i = 0; i < 100; i++) {
      assertThat(vigil.pays()).isTrue();
      vigil.ended(true);
    }
  }

  @Test
  void whereNothingEverComesItIsTriedOnceInSixtyFourTimes() {
    assertThat(tries(10_000, false)).isBetween(150, 180);
  }

  @Test
  void onceSomethingCameItPaysAgain() {
    tries(10_000, false);

    assertThat(tries(1_000, true)).isGreaterThan(900);
  }

  private int tries(int waits, boolean caught) {
    int tries = 0;
    for (int i = 0; i < waits; i++) {
      if (vigil.pays()) {
        tries++;
        vigil.ended(caught);
      }
    }
    return tries;
  }
}
