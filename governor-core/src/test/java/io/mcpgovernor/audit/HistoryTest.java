package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final Instant START = Instant.parse("2026-02-03T04:00:00Z");

  @TempDir private Path directory;

  private static String line(int second, String name) {
    return "{\"timestamp\":\"" + START.plusSeconds(second) + "\",\"tool_name\":\"" + name + "\"}\n";
  }

  private void segment(int number, boolean isCompressed, String... lines) throws IOException {
    byte[] bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    Path file =
        directory.resolve("audit-%06d.jsonl%s".formatted(number, isCompressed ? ".gz" : ""));
    try (OutputStream out = Files.newOutputStream(file)) {
      if (isCompressed) {
        try (GZIPOutputStream compressed = new GZIPOutputStream(out)) {
          compressed.write(bytes);
        }
      } else {
        out.write(bytes);
      }
    }
  }

  private List<String> since(int second) throws IOException {
    List<String> names = new ArrayList<>();
    JsonlAuditLog.readSince(
        directory, START.plusSeconds(second), record -> names.add(Records.name(record)));
    return names;
  }

  @Test
  void recordsComeOldestFirstFromTheMomentOnAndOlderSegmentsAreNotRead() throws Exception {
    segment(1, false, "no record at all\n");
    segment(2, true, line(10, "a"), line(20, "b"), line(30, "c"));
    segment(3, false, line(40, "d"), line(50, "e"), "{\"torn");
    assertThat(since(20)).containsExactly("b", "c", "d", "e");
    assertThat(since(45)).containsExactly("e");
    assertThat(since(51)).isEmpty();
    assertThatThrownBy(() -> since(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("audit-000001.jsonl");
  }

  @Test
  void theOrderIsTheLogsWhateverTheClockDid() throws Exception {
    segment(1, false, line(100, "a"), line(300, "set ahead"), line(110, "set back"));
    segment(2, false, line(90, "b"), line(120, "c"));
    assertThat(since(80)).containsExactly("a", "set ahead", "set back", "b", "c");
    assertThat(since(115)).containsExactly("c");
  }

  @Test
  void ofASegmentThatIsThereTwiceThePlainFileCounts() throws Exception {
    segment(1, false, line(1, "plain"));
    segment(1, true, line(1, "compressed"));
    assertThat(since(0)).containsExactly("plain");
    assertThat(JsonlAuditLog.readLogs(directory, 9))
        .extracting(Records::name)
        .containsExactly("plain");
    Files.delete(directory.resolve("audit-000001.jsonl"));
    assertThat(since(0)).containsExactly("compressed");
    assertThat(JsonlAuditLog.readLogs(directory, 9))
        .extracting(Records::name)
        .containsExactly("compressed");
  }

  @Test
  void aLineMayBeLongerThanWhatIsReadAtATime() throws Exception {
    segment(1, true, line(1, "x".repeat(200_000)), line(2, "y".repeat(65_536)), line(3, "z"));
    assertThat(since(0)).containsExactly("x".repeat(200_000), "y".repeat(65_536), "z");
  }
}
