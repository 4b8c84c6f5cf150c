package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that turn, are compressed and deleted; checkpoints; keys; floods of denials. */
class SegmentsTest {
  @TempDir private Path temporary;
  private final TurnedTime time = new TurnedTime();
  private Path directory;

  @BeforeEach
  void besideItsKeys() {
    directory = temporary.resolve("audit");
  }

  private AuditOptions.Builder options() {
    return AuditOptions.builder().durability(Durability.FLUSH).timeSource(time);
  }

  private Receipt append(JsonlAuditLog log, String name) {
    return log.append(AuditRecord.of(Event.ADMIN, Status.SUCCESS, time.now(), "host", name).build())
        .toCompletableFuture()
        .join();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Until something that happens on another thread has happened. */
  private static void until(Callable<Boolean> happened) throws Exception {
    while (!happened.call()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aFullSegmentIsFollowedByTheNextAndCompressedAndReadersSeeOneLog() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, options().segmentBytes(8_192).build());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      append(log, "r" + i);
      names.add("r" + i);
      assertThat(log.readLogs(3))
          .as("while files change their names")
          .extracting(Records::name)
          .isEqualTo(lastOf(names, 3));
    }
    until(() -> files().stream().filter(file -> file.endsWith(".jsonl")).count() == 1);
    log.close();
    assertThat(files().stream().filter(file -> file.endsWith(".gz"))).hasSizeGreaterThan(5);
    assertThat(files()).noneMatch(file -> file.endsWith(".tmp"));
    assertThat(Records.names(Records.numbered(directory))).isEqualTo(names);
    List<String> history = new ArrayList<>();
    JsonlAuditLog.readSince(directory, Instant.EPOCH, record -> history.add(Records.name(record)));
    assertThat(history.stream().filter(name -> name.startsWith("r"))).isEqualTo(names);
  }

  private static List<String> lastOf(List<String> names, int limit) {
    List<String> last = new ArrayList<>();
    for (int i = names.size() - 1; i >= 0 && last.size() < limit; i--) {
      last.add(names.get(i));
    }
    return last;
  }

  @Test
  void aSegmentThatIsOldIsFollowedByTheNextWithTheNextRecord() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, options().compress(false).build());
    append(log, "a");
    time.pass(Duration.ofHours(23));
    append(log, "b");
    assertThat(AuditDirectory.segments(directory)).hasSize(1);
    time.pass(Duration.ofHours(1));
    append(log, "c");
    log.close();
    assertThat(AuditDirectory.segments(directory)).hasSize(2);
    assertThat(Records.names(Records.numbered(directory))).containsExactly("a", "b", "c");
  }

  @Test
  void whatIsTooMuchIsDeletedFromTheOldestOnAndThatIsOnRecordBefore() throws Exception {
    AuditOptions options = options().compress(false).segmentBytes(4_096).keepBytes(20_000).build();
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    for (int i = 0; i < 200; i++) {
      append(log, "r" + i);
    }
    log.close();
    List<Json> records = Records.numbered(directory); // what is left begins with a checkpoint
    assertThat(Records.names(records)).contains("r199").doesNotContain("r0");
    long size = 0;
    for (Path segment : AuditDirectory.segments(directory)) {
      size += Files.size(segment);
    }
    assertThat(size).isLessThan(20_000 + 2 * 8_192);
    Map<?, ?> deleted =
        records.stream()
            .filter(record -> Records.name(record).equals("audit.retention"))
            .reduce((first, second) -> second)
            .map(record -> (Map<?, ?>) record.object().get("arguments"))
            .orElseThrow();
    assertThat(((Number) deleted.get("last_seq")).longValue())
        .isEqualTo(FirstLine.of(AuditDirectory.segments(directory).get(0)).seq() - 1);
    assertThat((List<?>) deleted.get("deleted"))
        .allSatisfy(name -> assertThat(directory.resolve((String) name)).doesNotExist());
  }

  @Test
  void whatIsTooOldIsDeletedWhenTheLogIsOpenedAgainAndNeverTheLastSegment() throws Exception {
    AuditOptions options = options().compress(true).keepFor(Duration.ofDays(30)).build();
    for (int day = 0; day < 3; day++) {
      JsonlAuditLog log = JsonlAuditLog.open(directory, options);
      append(log, "day" + day);
      log.close();
      time.pass(Duration.ofHours(24));
    }
    assertThat(Records.names(Records.numbered(directory))).contains("day0", "day1", "day2");
    time.pass(Duration.ofDays(29));
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    append(log, "a month later");
    log.close();
    assertThat(Records.names(Records.numbered(directory)))
        .doesNotContain("day0")
        .contains("day2", "audit.retention", "a month later");
  }

  @Test
  void aClockThatIsSetAheadDeletesNothingUntilSoMuchTimeHasPassed() throws Exception {
    AuditOptions options =
        options().compress(false).segmentBytes(4_096).keepFor(Duration.ofDays(30)).build();
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    turn(log, "before");
    Instant now = time.now();
    time.set(now.plus(Duration.ofDays(4_000)));
    turn(log, "ahead");
    append(log, "ahead"); // with which old segments are looked for
    append(log, "ahead");
    assertThat(files()).contains("audit-000001.jsonl");
    time.set(now);
    time.pass(Duration.ofDays(31));
    turn(log, "a month later");
    append(log, "a month later");
    log.close();
    assertThat(files()).doesNotContain("audit-000001.jsonl");
    assertThat(Records.names(Records.numbered(directory))).contains("ahead", "a month later");
  }

  /** Appends records until the next segment is begun. */
  private void turn(JsonlAuditLog log, String name) throws IOException {
    int segments = AuditDirectory.segments(directory).size();
    while (AuditDirectory.segments(directory).size() <= Math.max(1, segments)) {
      append(log, name);
    }
  }

  @Test
  void checkpointsComeAfterSoManyRecordsOrSoMuchTimeAndAreHandedOut() throws Exception {
    BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    Path file = temporary.resolve("notes");
    AuditOptions options =
        options()
            .checkpoints(10, Duration.ofSeconds(60))
            .checkpointSink(
                note -> {
                  notes.add(note);
                  throw new IOException("it does not matter what a sink throws");
                })
            .checkpointSink(CheckpointSink.toFile(file))
            .build();
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    for (int i = 0; i < 10; i++) {
      append(log, "r" + i);
    }
    assertThat(notes.take()).contains("\n10\n");
    append(log, "one more");
    time.pass(Duration.ofSeconds(60));
    log.tick();
    assertThat(notes.take()).contains("\n12\n"); // ten, a checkpoint, one more
    time.pass(Duration.ofSeconds(60));
    log.tick();
    append(log, "last");
    log.close();
    assertThat(notes.take()).as("nothing new, no checkpoint; closing makes one").contains("\n14\n");
    assertThat(notes).isEmpty();
    assertThat(LogChecker.check(directory).checkpoints()).isEqualTo(3);
    assertThat(Files.readString(file).split("\n\n\n|\n\n(?=mcp-governor/)")).hasSize(3);
    assertThat(Files.readString(file)).endsWith("\n\n");
  }

  @Test
  void aCheckpointSinkThatHangsHoldsUpNothingAndTheNewestWins() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    List<String> got = new ArrayList<>();
    AuditOptions options =
        options()
            .checkpoints(1, Duration.ofSeconds(60))
            .checkpointSink(
                note -> {
                  got.add(note);
                  hangs.countDown();
                  SegmentsTest.await(free);
                })
            .build();
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    append(log, "first");
    hangs.await();
    for (int i = 0; i < 200; i++) {
      append(log, "r" + i);
    }
    free.countDown();
    log.close();
    assertThat(got).hasSizeLessThan(100);
    assertThat(got.get(got.size() - 1)).contains("\n401\n"); // 201 records, 200 checkpoints
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNewKeyIsNamedOnRecordSignsBesideTheOldOnceAndThenAlone() throws Exception {
    BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    AuditOptions options = options().checkpointSink(notes::add).build();
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    append(log, "before");
    String old = log.keys().checkpointKeyId();
    String oldVerifier = log.keys().verifierKey();
    log.rotateKey().toCompletableFuture().join();
    String fresh = log.keys().checkpointKeyId();
    String freshVerifier = log.keys().verifierKey();
    assertThat(fresh).isNotEqualTo(old);
    append(log, "after");
    log.close();

    List<Json> records = Records.numbered(directory); // with signatures, by their public halves
    assertThat(records.get(1).object())
        .containsEntry("event", "admin")
        .containsEntry("tool_name", "audit.key")
        .containsEntry("arguments", Map.of("old", old, "new", freshVerifier));
    assertThat(notes.take().lines().filter(line -> line.startsWith("—"))).hasSize(2);
    assertThat(notes.take().lines().filter(line -> line.startsWith("—"))).hasSize(1);
    Path keys = directory.resolveSibling("audit.keys");
    assertThat(keys.resolve("checkpoint-" + old + ".pub")).hasContent(oldVerifier);
    assertThat(keys.resolve("checkpoint-" + old + ".key")).doesNotExist();
    JsonlAuditLog again = JsonlAuditLog.open(directory, options);
    assertThat(again.keys().checkpointKeyId()).isEqualTo(fresh);
    again.close();
  }

  @Test
  void aChangeOfKeysThatACrashInterruptedIsFinishedByTheNextStart() throws Exception {
    Path keys = directory.resolveSibling("audit.keys");
    JsonlAuditLog log = JsonlAuditLog.open(directory, options().build());
    String old = log.keys().checkpointKeyId();
    byte[] oldKey = Files.readAllBytes(keys.resolve("checkpoint-" + old + ".key"));
    append(log, "before");
    log.rotateKey().toCompletableFuture().join();
    String fresh = log.keys().checkpointKeyId();
    log.close();
    // On record, and not switched to; switched to, and the old one still there.
    for (String current : List.of(old, fresh)) {
      Files.write(keys.resolve("checkpoint-" + old + ".key"), oldKey);
      Files.writeString(keys.resolve("current"), current + "\n");
      JsonlAuditLog again = JsonlAuditLog.open(directory, options().build());
      assertThat(again.keys().checkpointKeyId()).isEqualTo(fresh);
      append(again, "after");
      again.close();
      assertThat(keys.resolve("current")).hasContent(fresh);
      assertThat(keys.resolve("checkpoint-" + old + ".key")).doesNotExist();
    }
    assertThat(Records.names(Records.numbered(directory)))
        .containsExactly("before", "audit.key", "after", "after");
  }

  private static AuditRecord denied(String user, String tool, Instant at) {
    ToolCall call =
        new ToolCall(
            "c", Principal.verified(user), null, Tool.unknown("crm", tool), Json.EMPTY_OBJECT, at);
    return AuditRecord.of(Event.DENIED, Status.ERROR, call, at)
        .failure("rate_limit", "Too many.", "no")
        .build();
  }

  @Test
  void aFloodOfDenialsIsCountedOnOneLineForEachPrincipalAndMinute() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, options().denialsPerMinute(3).build());
    Instant began = time.now();
    for (int i = 0; i < 50; i++) {
      for (String user : List.of("alice", "bob")) {
        log.append(denied(user, "tool" + (user.equals("bob") ? i : 0), time.now()))
            .toCompletableFuture()
            .join();
      }
    }
    assertThat(Records.numbered(directory)).hasSize(6);
    time.pass(Duration.ofMinutes(1));
    log.append(denied("alice", "tool0", time.now())).toCompletableFuture().join();
    for (int i = 0; i < 5; i++) {
      log.append(denied("carol", "tool0", time.now())).toCompletableFuture().join();
    }
    log.close();

    List<Json> records = Records.numbered(directory);
    List<Map<String, Object>> counted =
        records.stream()
            .<Map<String, Object>>map(Json::object)
            .filter(record -> record.containsKey("count"))
            .toList();
    assertThat(counted)
        .extracting(record -> record.get("user_id") + " " + record.get("count"))
        .containsExactlyInAnyOrder("alice 47", "bob 47", "carol 2");
    assertThat(records).hasSize(6 + 1 + 3 + 3);
    assertThat(counted)
        .filteredOn(record -> record.get("user_id").equals("alice"))
        .singleElement()
        .satisfies(
            record ->
                assertThat(record)
                    .containsEntry("event", "denied")
                    .containsEntry("status", "error")
                    .containsEntry("tool_name", "tool0")
                    .containsEntry("code", "rate_limit")
                    .containsEntry("since", began.toString().replace("Z", ".000000Z")));
    assertThat(counted)
        .filteredOn(record -> record.get("user_id").equals("bob"))
        .singleElement()
        .satisfies(record -> assertThat(record).containsEntry("tool_name", "*"));
  }

  @Test
  void principalsWithoutEndShareARow() {
    DenialFlood flood = new DenialFlood(1, time);
    for (int i = 0; i < DenialFlood.PRINCIPALS_MAX; i++) {
      assertThat(flood.isRecorded(denied("user" + i, "t", time.now()))).isTrue();
    }
    int recorded = 0;
    for (int i = 0; i < 1_000; i++) {
      recorded += flood.isRecorded(denied("more" + i, "t", time.now())) ? 1 : 0;
    }
    assertThat(recorded).isEqualTo(1);
    assertThat(flood.take(true))
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.toJson().object())
                    .containsEntry("user_id", "*")
                    .containsEntry("count", 999));
  }

  @Test
  void recordsThatWaitAreBoundedInBytes() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, options().queueBytes(1 << 20).build());
    AuditRecord large =
        AuditRecord.of(Event.DENIED, Status.ERROR, time.now(), "host", "x")
            .failure("x", "e".repeat(1 << 20), "no")
            .build();
    assertThatThrownBy(() -> log.append(large).toCompletableFuture().join())
        .hasMessageContaining("cannot keep up")
        .hasMessageContaining("bytes");
    append(log, "small");
    log.close();
    assertThat(Records.names(Records.numbered(directory))).containsExactly("small");
  }
}
