package io.mcpgovernor.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.bench.CustomerRecords;
import io.mcpgovernor.bench.Report;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Masker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmarks run and measure what they say; their figures are nobody's assertion. */
final class JmhBenchTest {
  @Test
  void everyOperationIsMeasuredInTimeAndInBytes() {
    Report report = JmhBench.run(JmhScale.QUICK, operation -> {});

    ByteArrayOutputStream json = new ByteArrayOutputStream();
    report.printJson(new PrintStream(json, true, StandardCharsets.UTF_8));
    assertThat((List<?>) Json.utf8(json.toByteArray()).object().get("rows"))
        .hasSize(2 * Twin.all(JmhScale.QUICK.users()).size())
        .allSatisfy(
            row -> {
              assertThat(((Map<?, ?>) row).get("value")).isInstanceOf(Number.class);
              assertThat(((Map<?, ?>) row).get("baseline")).isInstanceOf(Number.class);
            });
  }

  @Test
  void theResultOfCallsHasTwoKibibytesAndNothingToMask() {
    Json result = new CustomerRecords().cleanToolResult(2_048);

    assertThat(result.utf8().length).isBetween(1_980, 2_048);
    assertThat(Masker.standard().scan(result).isClean()).isTrue();
  }
}
