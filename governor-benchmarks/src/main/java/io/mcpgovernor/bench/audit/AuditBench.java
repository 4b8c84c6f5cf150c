package io.mcpgovernor.bench.audit;

import io.mcpgovernor.bench.Report;
import java.util.function.Consumer;

/** {@code governor bench audit}: keeping records, and verifying them. */
public final class AuditBench {
  private static final int ROUNDS = 5;
  private static final int RECORDS = 2_000;
  private static final long VERIFIED_RECORDS = 1_000_000;

  private AuditBench() {}

  /**
   * Measures everything, in some two minutes.
   *
   * @param isQuick whether it is only to show that it works
   * @param progress told what comes next
   * @throws java.io.UncheckedIOException if logs cannot be written or read
   */
  public static Report run(boolean isQuick, Consumer<String> progress) {
    return isQuick
        ? AppendBench.run(1, 200, progress).and(VerifyBench.run(5_000, 1, progress))
        : AppendBench.run(ROUNDS, RECORDS, progress)
            .and(VerifyBench.run(VERIFIED_RECORDS, ROUNDS, progress));
  }
}
