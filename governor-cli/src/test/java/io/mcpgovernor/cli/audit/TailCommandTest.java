package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.cli.pii.BrokenPipe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor audit tail}: the end of a log, and what follows. */
final class TailCommandTest {
  @TempDir private Path directory;

  private static void gzip(Path log, int segment) throws IOException {
    Path plain = log.resolve(SegmentFiles.name(segment, false));
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(log.resolve(SegmentFiles.name(segment, true))))) {
      Files.copy(plain, out);
    }
    Files.delete(plain);
  }

  private static List<String> written(Path log) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Segment segment : SegmentFiles.of(log)) {
      try (SegmentReader reader = SegmentReader.open(segment, 0, List.of())) {
        while (reader.next()) {
          lines.add(new String(reader.line(), StandardCharsets.UTF_8));
        }
      }
    }
    return lines;
  }

  @Test
  void theNewestComeLastOverAllSegments() throws IOException {
    Path log = directory.resolve("audit");
    try (SampleLog sample = new SampleLog(log, 1, 200, false)) {
      sample.write(900);
    }
    gzip(log, 1);
    gzip(log, 3);
    List<String> written = written(log);

    for (int count : new int[] {0, 1, 10, 150, 450, 900, 5_000}) {
      int from = Math.max(0, written.size() - count);
      assertThat(Ran.here(new TailCommand(), log, "--json", "-n", count).lines())
          .as("%d", count)
          .isEqualTo(written.subList(from, written.size()));
    }
    assertThat(Ran.here(new TailCommand(), log).lines()).hasSize(11);
    assertThat(Ran.here(new TailCommand(), log, "-n", "-1").code()).isEqualTo(2);
    assertThat(Ran.here(new TailCommand(), directory.resolve("none")).code()).isEqualTo(1);
  }

  @Test
  void badLinesAreSkippedAndAnUnfinishedOneIsNone() throws IOException {
    Path log = directory.resolve("audit");
    try (SampleLog sample = new SampleLog(log, 1, 200, false)) {
      sample.write(20);
      sample.raw("no record\n{\"timestamp\":\"2026-");
    }
    Ran ran = Ran.here(new TailCommand(), log, "--json", "-n", "3");

    List<String> written = written(log);
    assertThat(ran.lines()).isEqualTo(written.subList(written.size() - 4, written.size() - 1));
    assertThat(ran.err()).contains("1 line that cannot be read");
    assertThat(ran.code()).isZero();
  }

  /** Lines of a process, one after the other; waits for each. */
  private static String next(BufferedReader out) throws IOException {
    return String.valueOf(out.readLine());
  }

  @Test
  @Timeout(120)
  void itFollowsThroughRotationCompressionCrashesAndNewLogs() throws Exception {
    Path log = directory.resolve("root/crm/1");
    try (SampleLog sample = new SampleLog(log, 1, 1_000_000, false)) {
      sample.write(10);
      sample.flush();
      Process process =
          Ran.start(Map.of(), "tail", directory.resolve("root"), "-f", "--json", "-n", "2");
      process.getOutputStream().close();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        List<String> seen = new ArrayList<>();
        seen.add(next(out));
        seen.add(next(out));

        // Two segments in one go, and the one that is followed is compressed meanwhile.
        sample.write(5);
        sample.nextSegment();
        gzip(log, 1);
        sample.write(5);
        sample.nextSegment();
        gzip(log, 2);
        sample.write(5);
        sample.flush();
        int expected = written(log).size() - 8; // all but what came before the last two
        while (seen.size() < expected) {
          seen.add(next(out));
        }
        assertThat(seen).isEqualTo(written(log).subList(8, written(log).size()));

        // A crash: half a line that recovery cuts off, and the next record in its place.
        Path third = log.resolve(SegmentFiles.name(3, false));
        long good = Files.size(third);
        sample.raw("{\"timestamp\":\"2026-11-01T00:00:01Z\",\"user_id\":\"torn");
        sample.flush();
        String sign = "{\"timestamp\":\"2026-11-01T00:00:02Z\",\"user_id\":\"sign\"}";
        Path other = directory.resolve("root/mail/1");
        Files.createDirectories(other);
        Files.writeString(other.resolve(SegmentFiles.name(1, false)), sign + "\n");
        assertThat(next(out)).isEqualTo(sign); // a new log, and the half line was seen by now
        String after = "{\"timestamp\":\"2026-11-01T00:00:03Z\",\"user_id\":\"after\"}";
        try (RandomAccessFile file = new RandomAccessFile(third.toFile(), "rw")) {
          file.setLength(good);
          file.seek(good);
          file.write((after + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(next(out)).isEqualTo(after);
      }
      // Nobody reads any more: the next record ends it.
      Files.writeString(
          log.resolve(SegmentFiles.name(4, false)), "{\"timestamp\":\"2026-11-01T00:00:04Z\"}\n");
      assertThat(process.waitFor()).isEqualTo(BrokenPipe.EXIT_CODE);
      assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    }
  }
}
