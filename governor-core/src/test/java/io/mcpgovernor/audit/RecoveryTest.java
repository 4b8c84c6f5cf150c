package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
  private static final AuditOptions OPTIONS =
      AuditOptions.builder()
          .durability(Durability.FLUSH)
          .compress(false)
          .checkpoints(3, Duration.ofHours(1))
          .build();

  @TempDir private Path temporary;
  private Path directory;
  private Path segment;

  @BeforeEach
  void besideItsKeys() {
    directory = temporary.resolve("audit");
    segment = directory.resolve("audit-000001.jsonl");
  }

  private void append(AuditOptions options, int from, int to) throws IOException {
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    for (int i = from; i < to; i++) {
      log.append(Records.named("r" + i)).toCompletableFuture().join();
    }
    log.close();
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }

  private static int wholeLines(byte[] bytes) {
    int lines = 0;
    for (byte each : bytes) {
      lines += each == '\n' ? 1 : 0;
    }
    return lines;
  }

  @Test
  void whereverTheEndIsCutTheWholeRecordsAreKeptAndTheLogGoesOn() throws Exception {
    append(OPTIONS, 0, 3);
    byte[] whole = Files.readAllBytes(segment);
    for (int length = whole.length - 1; length >= 0; length--) {
      clear();
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(segment, cut);
      append(OPTIONS, 100, 101);

      int lines = wholeLines(cut);
      boolean isTorn = length > 0 && cut[length - 1] != '\n';
      LogChecker log = LogChecker.check(directory);
      List<Json> records = log.records();
      assertThat(log.covered()).as("closing covers all but itself").isEqualTo(log.seq() - 1);
      assertThat(records.stream().limit(lines).map(RecoveryTest::text))
          .isEqualTo(new String(cut, StandardCharsets.UTF_8).lines().limit(lines).toList());
      assertThat(
              records.stream()
                  .skip(lines)
                  .map(Records::name)
                  .filter(name -> !name.equals("audit.checkpoint")))
          .isEqualTo(isTorn ? List.of("audit.recover", "r100") : List.of("r100"));
      if (isTorn) {
        int torn = 1;
        while (torn < length && cut[length - torn - 1] != '\n') {
          torn++;
        }
        assertThat(records.get(lines).object())
            .containsEntry("event", "recovered")
            .containsEntry(
                "arguments",
                Map.of(
                    "torn_bytes",
                    torn,
                    "moved_aside_from",
                    length - torn,
                    "moved_to",
                    "audit-000001.jsonl.torn"));
        assertThat(directory.resolve("audit-000001.jsonl.torn"))
            .hasBinaryContent(Arrays.copyOfRange(cut, length - torn, length));
      }
    }
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(it -> !it.endsWith("audit.reserve")).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void whatACrashLeftUnderTemporaryNamesIsForgotten() throws Exception {
    append(OPTIONS, 0, 2);
    for (String name :
        List.of("audit-000002.jsonl.tmp", "audit-000001.jsonl.gz.tmp", "audit-000009.jsonl.tmp")) {
      Files.writeString(directory.resolve(name), "{half");
    }
    Files.writeString(directory.resolve("mine.tmp"), "x");
    append(OPTIONS, 2, 3);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "audit-000001.jsonl", "audit.lock", "audit.reserve", "mine.tmp");
    }
    assertThat(Records.names(Records.numbered(directory))).containsExactly("r0", "r1", "r2");
  }

  @Test
  void aLastSegmentWithoutAWholeLineIsMovedAsideAndTheOneBeforeGoneOnWith() throws Exception {
    append(OPTIONS, 0, 2);
    for (String start : List.of("", "{\"timest", "\0\0\0\0", "garbage\n")) {
      Files.writeString(directory.resolve("audit-000002.jsonl"), start);
      append(OPTIONS, 2, 3);
      assertThat(directory.resolve("audit-000002.jsonl")).doesNotExist();
      assertThat(Records.numbered(directory)).last().extracting(Records::name).isEqualTo("r2");
    }
    assertThat(directory.resolve("audit-000002.jsonl.torn")).hasContent("{\"timest");
    assertThat(directory.resolve("audit-000002.jsonl-3.torn")).hasContent("garbage\n");
  }

  @Test
  void moreDamageThanACrashCanDoIsForSomebodyToLookAt() throws Exception {
    append(OPTIONS, 0, 9);
    byte[] whole = Files.readAllBytes(segment);
    byte[] damaged = whole.clone();
    damaged[400] ^= 1;
    Files.write(segment, damaged);
    Files.write(segment, new byte[(int) Recovery.TORN_BYTES_MAX], StandardOpenOption.APPEND);
    long size = Files.size(segment);
    assertThatThrownBy(() -> JsonlAuditLog.open(directory, OPTIONS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("audit-000001.jsonl is damaged from byte")
        .hasMessageContaining("Keep the directory as evidence");
    assertThat(Files.size(segment)).as("nothing is touched").isEqualTo(size);
    Files.write(segment, whole);
    append(OPTIONS, 9, 10); // and the lock is free
    assertThat(Records.numbered(directory)).hasSize(10);
  }

  @Test
  void aCheckpointThatNoKeyOfOursSignedIsNotGoneOnWith() throws Exception {
    append(OPTIONS, 0, 2);
    Path keys = directory.resolveSibling("audit.keys");
    Path elsewhere = temporary.resolve("other");
    JsonlAuditLog.open(elsewhere, OPTIONS).close();
    String id = Files.readString(elsewhere.resolveSibling("other.keys").resolve("current")).strip();
    String origin = Files.readString(keys.resolve("origin")).strip();
    CheckpointKey stranger = CheckpointKey.generate(origin);
    String forged =
        Files.readString(segment).lines().findFirst().orElseThrow() + "\n"; // and nothing covers it
    HashChain chain = new HashChain();
    byte[] line = forged.strip().getBytes(StandardCharsets.UTF_8);
    assertThat(chain.accept(line, LineEnd.of(line))).isTrue();
    String note =
        CheckpointNote.sign(origin, 1, chain.tree().root(), Instant.now(), List.of(stranger));
    assertThat(AuditKeys.read(keys).signers(note)).isEmpty();
    assertThat(AuditKeys.read(keys).signers(note.replace(stranger.id(), id))).isEmpty();
  }

  @Test
  void whatAForgedFirstLineClaimsIsNeverSigned() throws Exception {
    append(OPTIONS, 0, 2);
    Path forged = temporary.resolve("forged/audit");
    Path last = forged.resolve("audit-000003.jsonl");
    AuditOptions turning = OPTIONS.toBuilder().segmentBytes(4_096).build();
    try (JsonlAuditLog other = JsonlAuditLog.open(forged, turning)) {
      while (!Files.exists(last)) {
        other.append(Records.named("forged")).toCompletableFuture().join();
      }
    }
    String ours = Files.readString(temporary.resolve("audit.keys/origin")).strip();
    String theirs = Files.readString(temporary.resolve("forged/audit.keys/origin")).strip();
    // It says that it is of this log, and agrees with itself; only nobody who may has signed it.
    Files.writeString(
        directory.resolve("audit-000003.jsonl"), Files.readString(last).replace(theirs, ours));

    append(OPTIONS, 2, 3);

    assertThat(directory.resolve("audit-000003.jsonl.torn")).exists();
    assertThat(Records.names(Records.numbered(directory))).startsWith("r0", "r1").endsWith("r2");

    clear(); // and where nothing else is left, nothing is gone on with
    Files.writeString(segment, Files.readString(last).replace(theirs, ours));
    append(OPTIONS, 3, 4);
    assertThat(LogChecker.check(directory).records().get(0).object()).containsEntry("seq", 1);
  }

  @Test
  void aLogOfAnEarlierFormatIsLeftAlone() throws Exception {
    Files.createDirectories(directory);
    JsonlAuditLog.open(directory, OPTIONS).close(); // there are keys
    String old = "{\"timestamp\":\"2026-02-03T04:05:06Z\",\"tool_name\":\"x\",\"seq\":1}\n";
    Files.writeString(segment, old);
    assertThatThrownBy(() -> JsonlAuditLog.open(directory, OPTIONS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("an earlier version")
        .hasMessageContaining("give the log a new one");
    assertThat(segment).hasContent(old);
  }

  @Test
  void aLogWithoutItsKeysIsNotGoneOnWith() throws Exception {
    append(OPTIONS, 0, 1);
    Path keys = directory.resolveSibling("audit.keys");
    Files.move(keys, temporary.resolve("away"));
    assertThatThrownBy(() -> JsonlAuditLog.open(directory, OPTIONS))
        .hasMessageContaining("put them back")
        .hasMessageContaining("audit.keys");
    Files.move(temporary.resolve("away"), keys);
    append(OPTIONS, 1, 2);
    assertThat(Records.numbered(directory)).hasSize(2);
  }

  @Test
  void aClockThatGoesBackBreaksNothing() throws Exception {
    TurnedTime time = new TurnedTime();
    AuditOptions options = OPTIONS.toBuilder().timeSource(time).segmentBytes(4_096).build();
    append(options, 0, 20);
    time.set(Instant.parse("1999-01-01T00:00:00Z"));
    append(options, 20, 40);
    time.pass(Duration.ofDays(36_500));
    append(options, 40, 60);
    assertThat(Records.numbered(directory)).hasSize(60);
    assertThat(AuditDirectory.segments(directory)).hasSizeGreaterThan(3);
  }
}
