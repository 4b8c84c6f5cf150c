package io.mcpgovernor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark of policies measures what it says; its figures are nobody's. */
final class PolicyBenchTest {
  @Test
  void callsAreAnsweredWhileRulesAreReloaded() {
    List<Row> rows = ReloadBench.run(new Scale(2, 50, 1, 1));
    assertThat(rows)
        .extracting(Row::name)
        .containsExactly(
            "reload of 100 rules: 4 threads call (idle)",
            "reload of 100 rules: calls meanwhile",
            "reload of 100 rules: not answered",
            "reload of 100 rules: longest call");
    assertThat(rows.get(1).value()).isPositive();
    assertThat(rows.get(2).met()).isTrue();
  }

  @Test
  void itComesToTheRowsOfChecksOfRulesAndOfReloads() {
    List<String> progress = new ArrayList<>();
    PolicyBench.run(new Scale(1, 50, 1, 1), progress::add);
    assertThat(progress)
        .containsExactly("all checks and rules", "single rules", "reloading while calls go on");
  }
}
