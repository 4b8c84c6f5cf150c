package io.mcpgovernor.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.verify.LogReport.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way of changing a small log without its private key, and some with it. */
final class TamperingTest {
  private final SigningKey key = new SigningKey(WrittenLog.ORIGIN);
  private final WrittenLog log = WrittenLog.small(key);
  private final List<byte[]> segments = log.segments();

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void thereIsALog() {
    directory = temporary.resolve("audit");
  }

  private LogReport verify(List<byte[]> changed, String... outside) throws IOException {
    WrittenLog.write(changed, directory);
    return verifyFiles(List.of(key.verifier()), outside);
  }

  private LogReport verifyFiles(List<VerifierKey> keys, String... outside) throws IOException {
    List<Checkpoint> kept =
        Arrays.stream(outside)
            .flatMap(note -> Checkpoint.all(note.getBytes(StandardCharsets.UTF_8)).stream())
            .toList();
    return LogVerifier.builder()
        .keys(keys)
        .checkpoints(kept)
        .build()
        .verify(List.of(directory))
        .logs()
        .get(0);
  }

  private List<byte[]> with(int segment, byte[] bytes) {
    List<byte[]> changed = new ArrayList<>(segments);
    changed.set(segment, bytes);
    return changed;
  }

  private static List<byte[]> lines(byte[] segment) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < segment.length; i++) {
      if (segment[i] == '\n') {
        lines.add(Arrays.copyOfRange(segment, from, i + 1));
        from = i + 1;
      }
    }
    return lines;
  }

  private static byte[] joined(List<byte[]> lines) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    lines.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  /** All lines, and where each segment of them begins. */
  private List<byte[]> allLines() {
    List<byte[]> all = new ArrayList<>();
    segments.forEach(segment -> all.addAll(lines(segment)));
    return all;
  }

  private List<byte[]> split(List<byte[]> lines, int... counts) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < counts.length; i++) {
      int to = i == counts.length - 1 ? lines.size() : from + counts[i];
      parts.add(joined(lines.subList(from, to)));
      from = to;
    }
    return parts;
  }

  @Test
  void everyFlippedByteIsFound() throws IOException {
    for (int segment = 0; segment < segments.size(); segment++) {
      byte[] bytes = segments.get(segment);
      for (int at = 0; at < bytes.length; at++) {
        byte[] flipped = bytes.clone();
        // Each bit in its turn: case, digits, quotes, line breaks, UTF-8.
        flipped[at] ^= (byte) (1 << (at + segment) % Byte.SIZE);
        LogReport report = verify(with(segment, flipped));
        assertThat(report.outcome())
            .as("segment %d, byte %d", segment + 1, at)
            .isEqualTo(Outcome.FAILED);
        assertThat(report.problems().get(0).reason()).isNotBlank();
      }
    }
  }

  @Test
  void theFirstBadRecordIsNamed() throws IOException {
    List<byte[]> lines = lines(segments.get(1));
    byte[] third = lines.get(2);
    int at = new String(third, StandardCharsets.ISO_8859_1).indexOf("alice");
    third[at] = 'A';

    LogReport report = verify(with(1, joined(lines)));

    LogReport.Problem problem = report.problems().get(0);
    assertThat(problem.file()).isEqualTo("audit-000002.jsonl");
    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem.offset()).isEqualTo(lines.get(0).length + lines.get(1).length);
    assertThat(problem.seq()).isEqualTo(8);
    assertThat(problem.reason()).contains("changed after it was written");
    assertThat(report.records().lastSeq()).isEqualTo(7);
    assertThat(report.checkpoints().lastSize()).isEqualTo(5);
  }

  @Test
  void everyFlippedByteOfACompressedFileIsFoundOrChangesNothing() throws IOException {
    log.write(directory);
    WrittenLog.compress(directory, 2);
    Path file = directory.resolve("audit-000002.jsonl.gz");
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 0x10;
      Files.write(file, flipped);
      LogReport report = verifyFiles(List.of(key.verifier()));
      // The time in its header, and bits that fill up its last byte, say nothing.
      assertThat(report.outcome())
          .as("byte %d", at)
          .isEqualTo(isStill(segments.get(1), flipped) ? Outcome.OK : Outcome.FAILED);
    }
  }

  private static boolean isStill(byte[] plain, byte[] compressed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return Arrays.equals(plain, in.readAllBytes());
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void everyTruncationOfACompressedFileIsFound() throws IOException {
    log.write(directory);
    WrittenLog.compress(directory, 2);
    Path file = directory.resolve("audit-000002.jsonl.gz");
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThat(verifyFiles(List.of(key.verifier())).outcome())
          .as("length %d", length)
          .isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void everyTruncationIsFoundAtLeastByACheckpointElsewhere() throws IOException {
    int covered = log.size() - 1;
    String outside = log.notes().get(log.notes().size() - 1);
    for (int segment = 0; segment < segments.size(); segment++) {
      boolean isLast = segment == segments.size() - 1;
      byte[] bytes = segments.get(segment);
      for (int length = 0; length < bytes.length; length++) {
        List<byte[]> cut = with(segment, Arrays.copyOf(bytes, length));
        LogReport alone = verify(cut);
        if (isLast) {
          int whole = lines(cut.get(segment)).size() + 8;
          assertThat(alone.outcome()).isEqualTo(Outcome.OK);
          assertThat(alone.records().count()).isEqualTo(whole);
          assertThat(verifyFiles(List.of(key.verifier()), outside).outcome())
              .as("length %d", length)
              .isEqualTo(whole >= covered ? Outcome.OK : Outcome.FAILED);
        } else {
          assertThat(alone.outcome())
              .as("%d, length %d", segment, length)
              .isEqualTo(Outcome.FAILED);
        }
      }
    }
  }

  @Test
  void everyDeletedLineIsFoundAtLeastByACheckpointElsewhere() throws IOException {
    List<byte[]> all = allLines();
    for (int i = 0; i < all.size(); i++) {
      int[] counts = {i < 5 ? 4 : 5, i >= 5 && i < 8 ? 2 : 3, 5};
      List<byte[]> lines = new ArrayList<>(all);
      lines.remove(i);
      LogReport report = verify(split(lines, counts), log.note(log.size()));
      assertThat(report.outcome()).as("line %d", i).isEqualTo(Outcome.FAILED);
      if (i < all.size() - 1) {
        assertThat(verifyFiles(List.of(key.verifier())).outcome()).isEqualTo(Outcome.FAILED);
      }
    }
  }

  @Test
  void anyTwoLinesSwappedAreFound() throws IOException {
    List<byte[]> all = allLines();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        List<byte[]> lines = new ArrayList<>(all);
        Collections.swap(lines, i, j);
        assertThat(verify(split(lines, 5, 3, 5)).outcome())
            .as("%d and %d", i, j)
            .isEqualTo(Outcome.FAILED);
      }
    }
  }

  @Test
  void anyLinePutInAgainAnywhereIsFound() throws IOException {
    List<byte[]> all = allLines();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j <= all.size(); j++) {
        List<byte[]> lines = new ArrayList<>(all);
        lines.add(j, all.get(i));
        assertThat(verify(split(lines, j < 5 ? 6 : 5, j >= 5 && j < 8 ? 4 : 3, 6)).outcome())
            .as("%d at %d", i, j)
            .isEqualTo(Outcome.FAILED);
      }
    }
  }

  @Test
  void anInventedLineIsFoundWhereverItIsPut() throws IOException {
    List<byte[]> all = allLines();
    for (int j = 0; j < all.size(); j++) {
      String before =
          j == 0 ? "0".repeat(64) : hashOf(new String(all.get(j - 1), StandardCharsets.UTF_8));
      String hashed =
          "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event\":\"denied\",\"seq\":"
              + (j + 1)
              + ",\"prev\":\""
              + before
              + "\"";
      String hash = Hex.text(PlainTree.sha256(hashed.getBytes(StandardCharsets.UTF_8)));
      List<byte[]> lines = new ArrayList<>(all);
      lines.add(j, (hashed + ",\"hash\":\"" + hash + "\"}\n").getBytes(StandardCharsets.UTF_8));
      LogReport report = verify(split(lines, j < 5 ? 6 : 5, j >= 5 && j < 8 ? 4 : 3, 6));
      assertThat(report.outcome()).as("at %d", j).isEqualTo(Outcome.FAILED);
    }
  }

  private static String hashOf(String line) {
    int at = line.lastIndexOf("\"hash\":\"") + 8;
    return line.substring(at, at + 64);
  }

  @Test
  void aSegmentThatIsMissingIsFound() throws IOException {
    for (int missing = 1; missing <= 3; missing++) {
      log.write(directory);
      Files.delete(directory.resolve(WrittenLog.name(missing)));
      LogReport report = verifyFiles(List.of(key.verifier()), log.note(log.size()));
      assertThat(report.outcome()).as("segment %d", missing).isEqualTo(Outcome.FAILED);
    }
    Files.write(directory.resolve(WrittenLog.name(3)), segments.get(2));
    Files.delete(directory.resolve(WrittenLog.name(2)));
    assertThat(verifyFiles(List.of(key.verifier())).problems().get(0).reason())
        .contains("3 records are missing");
  }

  /** The same log with another user in one record; every hash is right again. */
  private WrittenLog rewritten(SigningKey signer) {
    WrittenLog other = new WrittenLog(signer);
    other.attempt("call-1").outcome("call-X").denied().checkpoint();
    other.admin("grant.tenant", "{\"tenant\":\"t\\u00e4\"}").rotate();
    other.attempt("call-2").outcome("call-2").rotate();
    return other.attempt("call-3").checkpoint().outcome("call-3").checkpoint();
  }

  @Test
  void aTailThatIsHashedAnewIsFoundByTheNextCheckpoint() throws IOException {
    // Without the key the signed notes can only be kept as they were.
    WrittenLog other = new WrittenLog(key);
    other.attempt("call-1").outcome("call-X").denied();
    String checkpoint = log.lines().get(3);
    other.line(checkpoint.substring(0, checkpoint.lastIndexOf(",\"seq\":")));

    LogReport report = verify(other.segments());

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).reason()).contains("does not match the records before it");
    assertThat(report.problems().get(0).seq()).isEqualTo(4);
  }

  @Test
  void aLogThatIsSignedAnewWithAnotherKeyIsFoundByTheGivenKey() throws IOException {
    SigningKey thief = new SigningKey(WrittenLog.ORIGIN);
    WrittenLog other = rewritten(thief);

    assertThat(verify(other.segments()).outcome()).isEqualTo(Outcome.FAILED);
    // Keys beside the log prove nothing: whoever writes the one can write the other.
    WrittenLog.keysBeside(directory, thief);
    LogReport fooled = verifyFiles(List.of());
    assertThat(fooled.outcome()).isEqualTo(Outcome.OK);
    assertThat(fooled.signatures().source()).isEqualTo(KeySource.BESIDE_THE_LOG);
    assertThat(verifyFiles(List.of(), log.notes().get(0)).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aLogThatIsRewrittenWithTheStolenKeyIsFoundByCheckpointsElsewhereOnly() throws IOException {
    WrittenLog other = rewritten(key);

    assertThat(verify(other.segments()).outcome()).isEqualTo(Outcome.OK);
    for (String kept : log.notes()) {
      LogReport report = verifyFiles(List.of(key.verifier()), kept);
      assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(report.problems().get(0).reason()).contains("does not match");
    }
    // What was kept before the first change still matches: nothing in it was changed.
    assertThat(verifyFiles(List.of(key.verifier()), log.note(1)).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void recordsAfterTheLastCheckpointAreOnlyChainedAndTheReportSaysHowMany() throws IOException {
    WrittenLog open = WrittenLog.small(key).calls(4);
    WrittenLog changed = WrittenLog.small(key).calls(2).attempt("x").outcome("x");

    LogReport report = verify(changed.segments());

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.checkpoints().recordsAfter()).isEqualTo(5);
    assertThat(verify(changed.segments(), open.note(open.size())).outcome())
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void anOutsideCheckpointThatNoTrustedKeySignedIsNoEvidence() throws IOException {
    WrittenLog forged = WrittenLog.small(new SigningKey(WrittenLog.ORIGIN));

    LogReport report = verify(segments, forged.note(3));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).reason()).contains("no trusted key signed it");
  }
}
