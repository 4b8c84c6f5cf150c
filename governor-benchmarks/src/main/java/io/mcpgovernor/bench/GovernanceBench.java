package io.mcpgovernor.bench;

import io.mcpgovernor.audit.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code governor bench}: validation, masking and full execution, the limit's memory and exactness.
 */
public final class GovernanceBench {
  private GovernanceBench() {}

  /**
   * Measures everything. Takes about a minute at full scale.
   *
   * @param progress told what comes next
   */
  public static Report run(Scale scale, Consumer<String> progress) {
    List<Row> rows = new ArrayList<>();
    progress.accept("validation, one user");
    rows.addAll(ValidationBench.run(scale, 1));
    progress.accept("validation, many users");
    rows.addAll(ValidationBench.run(scale, scale.users()));
    progress.accept("masking");
    rows.addAll(MaskingBench.run(scale));
    progress.accept("full execution, audit flushed");
    rows.addAll(ExecutionBench.run(scale, Durability.FLUSH));
    progress.accept("full execution, audit synced to disk");
    rows.addAll(ExecutionBench.run(scale, Durability.FSYNC));
    progress.accept("rate windows");
    rows.addAll(RateWindowBench.run(scale));
    return new Report(rows);
  }
}
