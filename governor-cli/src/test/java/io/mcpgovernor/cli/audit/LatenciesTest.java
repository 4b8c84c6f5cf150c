package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
  @Test
  void percentilesAreExactToWhatIsPromised() {
    Random random = new Random(1);
    for (int bits = 1; bits < 50; bits++) {
      Latencies latencies = new Latencies();
      long[] values = new long[1_001];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextLong(1L << bits);
        latencies.add(values[i]);
      }
      Arrays.sort(values);
      assertThat(latencies.max()).isEqualTo(values[1_000]);
      for (double share : new double[] {0.001, 0.5, 0.95, 0.99, 1}) {
        double exact = values[Math.max(1, (int) Math.ceil(share * values.length)) - 1];
        assertThat((double) latencies.percentile(share)).isCloseTo(exact, within(exact * 0.008));
      }
    }
  }

  @Test
  void nothingIsZeroAndTheLargestFits() {
    Latencies latencies = new Latencies();
    assertThat(latencies.percentile(0.5)).isZero();
    latencies.add(-1);
    assertThat(latencies.count()).isZero();
    latencies.add(Long.MAX_VALUE);
    assertThat(latencies.percentile(0.5)).isGreaterThan(Long.MAX_VALUE / 100 * 99);
  }
}
