package io.mcpgovernor.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Nobody may make masking slow by what he writes: {@link HostileShapes} cost as much for each byte
 * however long they are. Where something is looked at again from every place, a text sixteen times
 * as long costs sixteen times as much for each byte, which no noise of the machine hides.
 */
class HostileInputTest {
  private static final int SHORT = 4_096;
  private static final int LONG = 16 * SHORT;

  /**
   * What is linear comes to one, what is quadratic to sixteen at last; the best of some tries
   * counts.
   */
  private static final double GROWTH_MAX = 7;

  /** Nanoseconds a byte; what is faster is not worth a second look. */
  private static final double CHEAP = 200;

  private static final int TRIES = 20;

  @Test
  void noShapeCostsMoreForEachByteTheLongerItIs() {
    Masker masker = new Masker(MaskRules.builder().kinds(Kinds.all()).build());
    Map<String, byte[]> shorter = HostileShapes.of(SHORT);
    shorter.values().forEach(text -> nanosPerByte(masker, text)); // to have all of it compiled
    List<String> growing = new ArrayList<>();
    HostileShapes.of(LONG)
        .forEach(
            (name, text) -> {
              if (grows(masker, shorter.get(name), text)) {
                growing.add(name);
              }
            });

    assertThat(growing).isEmpty();
  }

  private static boolean grows(Masker masker, byte[] shorter, byte[] longer) {
    double few = Double.MAX_VALUE;
    double many = Double.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      many = Math.min(many, nanosPerByte(masker, longer));
      if (many < CHEAP) {
        return false;
      }
      for (int again = 0; again < 4; again++) {
        few = Math.min(few, nanosPerByte(masker, shorter));
      }
      if (i > 0 && many < GROWTH_MAX * few) {
        return false;
      }
    }
    return true;
  }

  private static double nanosPerByte(Masker masker, byte[] text) {
    long start = System.nanoTime();
    masker.scanText(text).masked(Sensitivity.STANDARD);
    return (double) (System.nanoTime() - start) / text.length;
  }
}
