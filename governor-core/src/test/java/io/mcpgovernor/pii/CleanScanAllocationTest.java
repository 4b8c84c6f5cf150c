package io.mcpgovernor.pii;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Most values hold no PII: looking at them must leave nothing to the garbage collector. */
class CleanScanAllocationTest {
  private static final int ROUNDS = 2_000;

  /** Less than one object a scan: the counter of a thread moves in steps. */
  private static final long BYTES_MAX = 8;

  private static final String PROSE =
      "The order was shipped on 2024-11-22 at 10:30 and arrives in 3 days; see version 1.2.3. ";
  private static final String LOG =
      "2024-11-22T10:30:00.123Z INFO [worker-7] shop.Orders - order 4711 took 17 ms, 42% done"
          + " (id=550e8400-e29b-41d4-a716-446655440000, path=/v1/orders/4711?page=2)\n";
  private static final String ROW =
      "{\"id\":4711,\"sku\":\"AB-1234-X\",\"at\":\"2024-11-22T10:30:00Z\",\"price\":19.99,"
          + "\"tags\":[\"new\",\"sale 50%\"],\"note\":\"say \\\"hi\\\"\\n\",\"epoch\":1700000000123,"
          + "\"größe\":\"10 × 20\",\"nested\":\"{\\\"a\\\":[1,2]}\"}";

  @Test
  void aValueWithoutPiiComesBackAsTheSameArrayAndCostsNothing() {
    byte[] rows = ("[" + ROW + ("," + ROW).repeat(20) + "]").getBytes(UTF_8);
    byte[] prose = ("\"" + PROSE.repeat(30) + "\"").getBytes(UTF_8);

    for (byte[] json : new byte[][] {rows, prose}) {
      assertThat(Masker.standard().mask(json, Sensitivity.STANDARD)).isSameAs(json);
      assertThat(allocated(() -> Masker.standard().mask(json, Sensitivity.STANDARD)))
          .isLessThan(BYTES_MAX);
    }
  }

  @Test
  void aTextWithoutPiiCostsOnlyTheScanThatIsGivenBack() {
    for (String text : new String[] {PROSE.repeat(30), LOG.repeat(30), LOG, "ok"}) {
      byte[] utf8 = text.getBytes(UTF_8);
      TextScan scan = Masker.standard().scanText(utf8);
      assertThat(scan.isClean()).as("%s", scan).isTrue();
      assertThat(scan.masked(Sensitivity.STRICT)).isSameAs(utf8);
      assertThat(allocated(() -> Masker.standard().scanText(utf8))).isLessThanOrEqualTo(64);
    }
  }

  /** What one call allocates, on average after enough calls to be compiled. */
  private static long allocated(Supplier<Object> call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Object last = ByteBuffer.allocate(0);
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUNDS; i++) {
        last = call.get();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(last).isNotNull();
    return least / ROUNDS;
  }
}
