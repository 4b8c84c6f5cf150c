package io.mcpgovernor.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a whole governed call allocates, on all threads, does not creep up again. The goal is 4,096
 * bytes; half as much again is for code that is not compiled yet and for threads that wait. One
 * buffer a record or a scan is more than that.
 */
final class CallAllocationTest {
  private static final int BYTES_MAX = 6 * 1_024;
  private static final int ROUNDS = 9;
  private static final int CALLS = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final CallJmh calls = new CallJmh();
  private final CallJmh.Tool tool = new CallJmh.Tool();

  /** Takes the answers, so that no compiler finds out that nobody wants them. */
  volatile @Nullable Object answer;

  @Test
  void aCallAllocatesLittleMoreThanItsResultIsLong() {
    CallJmh.Unrecorded governor = new CallJmh.Unrecorded();
    governor.open(tool);
    try {
      assertThat(bytes(() -> calls.engine(tool, governor))).isBetween(500L, (long) BYTES_MAX);
    } finally {
      governor.close();
    }
  }

  @Test
  void soDoesOneWhoseRecordsAreWritten() {
    CallJmh.Flushed governor = new CallJmh.Flushed();
    governor.open(tool);
    try {
      assertThat(bytes(() -> calls.flushed(tool, governor))).isBetween(500L, (long) BYTES_MAX);
    } finally {
      governor.close();
    }
  }

  /** Bytes a call, the least of some rounds: others load classes, compile, or share the machine. */
  private long bytes(Supplier<?> call) {
    long[] rounds = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getTotalThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        answer = call.get();
      }
      rounds[round] = (threads.getTotalThreadAllocatedBytes() - before) / CALLS;
    }
    Arrays.sort(rounds);
    return rounds[0];
  }
}
