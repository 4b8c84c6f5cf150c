package io.mcpgovernor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of masking runs on its own texts and on others; its figures are nobody's. */
final class MaskSpeedBenchTest {
  private static final Scale SHORTEST = new Scale(1, 20, 1, 1);

  @Test
  void everyTextHasItsRows() {
    String table = printed(MaskSpeedBench.run(SHORTEST, what -> {}));

    assertThat(table)
        .contains("json: find", "log: find + mask", "prose: 6 replaceAll", "hex: copy of the array")
        .contains("base64url: find", "@ storm: find", "digit storm: find", "MB/s")
        .contains("mask 100 records", "4 KiB without PII: allocated");
  }

  @Test
  void aFileIsMeasuredWhateverIsInIt(@TempDir Path directory) throws IOException {
    Path json = Files.writeString(directory.resolve("a"), "{\"email\":\"a@example.com\"}");
    Path text = Files.writeString(directory.resolve("b"), "{ Mail to a@example.com");
    Path empty = Files.createFile(directory.resolve("c"));

    assertThat(printed(MaskSpeedBench.run(json, SHORTEST, what -> {}))).contains("file: find");
    assertThat(printed(MaskSpeedBench.run(text, SHORTEST, what -> {}))).contains("file: find");
    assertThatThrownBy(() -> MaskSpeedBench.run(empty, SHORTEST, what -> {}))
        .hasMessageContaining("empty");
  }

  private static String printed(Report report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    report.printTable(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
