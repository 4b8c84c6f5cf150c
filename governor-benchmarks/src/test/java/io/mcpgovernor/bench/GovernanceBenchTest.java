package io.mcpgovernor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmark measures what it says; its figures are nobody's assertion. */
final class GovernanceBenchTest {
  @Test
  void everyRowHasItsFiguresInTheTableAndInJson() {
    List<String> progress = new ArrayList<>();

    Report report = GovernanceBench.run(Scale.QUICK, progress::add);

    Map<String, Object> json = Json.text(printed(report::printJson)).object();
    assertThat((List<?>) json.get("rows"))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            row ->
                assertThat(((Map<?, ?>) row).keySet().stream().map(Object::toString))
                    .containsExactly(
                        "name",
                        "unit",
                        "value",
                        "goal",
                        "met",
                        "baseline",
                        "ratio",
                        "n",
                        "min",
                        "median",
                        "mean",
                        "max",
                        "stdev",
                        "p95",
                        "p99"));
    assertThat(printed(report::printTable))
        .contains("validate, 1 user", "mask 100 records", "call, 2 KiB, flush", "rate window");
    assertThat(progress).isNotEmpty();
  }

  @Test
  void figuresAreThoseOfTheSamples() {
    Samples samples = Samples.of(5, 1, 4, 2, 3);

    assertThat(samples.min()).isEqualTo(1);
    assertThat(samples.median()).isEqualTo(3);
    assertThat(samples.mean()).isEqualTo(3);
    assertThat(samples.p95()).isEqualTo(5);
    assertThat(samples.max()).isEqualTo(5);
    assertThat(samples.stdev()).isBetween(1.41, 1.42);
  }

  private static String printed(java.util.function.Consumer<PrintStream> print) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    print.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
