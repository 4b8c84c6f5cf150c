package io.mcpgovernor.bench.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The benchmark of verification verifies what it has written; its figures are nobody's. */
final class VerifyBenchTest {
  @Test
  void aLogIsWrittenAndFoundWhole() {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    VerifyBench.run(5_000, 1, what -> {})
        .printTable(new PrintStream(table, true, StandardCharsets.UTF_8));

    assertThat(table.toString(StandardCharsets.UTF_8))
        .contains("verify a log (read and SHA-256)", "rec/s", "verify a log: bytes");
  }
}
