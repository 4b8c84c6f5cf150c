package io.mcpgovernor.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EscapeBlockTest {
  @Test
  void everyOtherBackslashOfARowBeginsAnEscape() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 20_000; i++) {
      long backslashes = random.nextLong() | random.nextLong();
      assertThat(EscapeBlock.starts(backslashes)).isEqualTo(oneByOne(backslashes));
    }
    assertThat(EscapeBlock.starts(-1L)).isEqualTo(oneByOne(-1L));
    assertThat(EscapeBlock.starts(0)).isZero();
  }

  @Test
  void aBlockEndsBeforeAnEscapeThatBeginsWithItsLastByte() {
    assertThat(EscapeBlock.length(EscapeBlock.starts(1L << 63))).isEqualTo(63);
    assertThat(EscapeBlock.length(EscapeBlock.starts(3L << 62))).isEqualTo(64);
  }

  private static long oneByOne(long backslashes) {
    long starts = 0;
    for (int i = 0; i < Long.SIZE; i++) {
      if ((backslashes >>> i & 1) != 0) {
        starts |= 1L << i;
        i++; // what is escaped begins nothing
      }
    }
    return starts;
  }
}
