package io.mcpgovernor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor bench policy}: that it runs and says everything, not what it measures. */
final class BenchPolicyCommandTest {
  @Test
  void aQuickRunHasARowForEachGoal(@TempDir Path directory) throws Exception {
    Path out = directory.resolve("out.json");
    Path err = directory.resolve("err.txt");
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main",
                "bench",
                "policy",
                "--quick",
                "--json")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();

    assertThat(code).as(Files.readString(err)).isZero();
    List<?> rows = (List<?>) Json.text(Files.readString(out)).object().get("rows");
    assertThat(rows.toString())
        .contains(
            "all checks, 0 rules: mean",
            "all checks, 100 rules: mean",
            "all checks, 100 rules: p99",
            "all checks, 100 rules: CPU time",
            "rule, role: mean",
            "reload of 1,000 rules: 4 threads call",
            "name=reload of 1,000 rules: not answered, unit=, value=0",
            "replay of 5,000 records",
            "replay: CPU time");
  }
}
