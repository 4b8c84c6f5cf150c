package io.mcpgovernor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor bench start}: that it runs and says everything, not what it measures. */
final class BenchStartCommandTest {
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
                "start",
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
            "name=run: first answer, least (direct), unit=ms",
            "name=run: added, least less least, unit=ms",
            "name=run: CPU until a call is answered (direct), unit=ms");
  }
}
