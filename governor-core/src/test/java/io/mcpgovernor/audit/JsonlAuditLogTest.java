package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonlAuditLogTest {
  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void besideItsKeys() {
    directory = temporary.resolve("audit");
  }

  @ParameterizedTest
  @EnumSource
  void recordsAreKeptInOrderAndReceiptsTellTheirPlace(Durability durability) throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, durability);
    for (int i = 1; i <= 20; i++) {
      long seq = append(log, "r" + i).seq();
      assertThat(seq).isEqualTo(durability == Durability.ASYNC ? 0 : i);
      if (durability != Durability.ASYNC) { // kept means that it can be read at once
        assertThat(Records.name(log.readLogs(1).get(0))).isEqualTo("r" + i);
      }
    }
    log.close();
    List<Json> records = Records.numbered(directory);
    assertThat(Records.names(records)).startsWith("r1", "r2").endsWith("r20").hasSize(20);
    assertThat(Files.readString(directory.resolve("audit-000001.jsonl")).lines()).hasSize(21);
  }

  @Test
  void theNewestComeFirstAcrossSegmentsUpToTheLimit() throws Exception {
    Files.createDirectory(directory);
    List<String> newestFirst = new ArrayList<>();
    int seq = 0;
    for (int segment : new int[] {1, 2, 3, 4, 999_999, 1_000_000}) {
      StringBuilder lines = new StringBuilder();
      for (int i = segment == 3 ? 7 : 0; i < 7; i++) {
        // Lines of all lengths, some longer than what is read at a time
        String line = "{\"n\":\"" + "é".repeat(i * i * i * 200) + "\",\"seq\":" + ++seq + "}";
        lines.append(line).append('\n');
        newestFirst.add(0, line);
      }
      lines.append(segment == 2 ? "{\"torn" : "");
      Files.writeString(directory.resolve("audit-%06d.jsonl".formatted(segment)), lines);
    }
    for (int limit = 0; limit <= newestFirst.size() + 1; limit++) {
      assertThat(JsonlAuditLog.readLogs(directory, limit))
          .extracting(JsonlAuditLogTest::text)
          .isEqualTo(newestFirst.subList(0, Math.min(limit, newestFirst.size())));
    }
    assertThatThrownBy(() -> JsonlAuditLog.readLogs(directory, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonlAuditLog.readLogs(directory.resolve("none"), 1))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theSequenceGoesOnAfterReopening() throws Exception {
    for (int run = 0; run < 3; run++) {
      JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FLUSH);
      // Each closing adds a checkpoint.
      assertThat(append(log, "a" + run).seq()).isEqualTo(3 * run + 1);
      assertThat(append(log, "b" + run).seq()).isEqualTo(3 * run + 2);
      log.close();
    }
    JsonlAuditLog.open(directory, Durability.FLUSH).close();
    assertThat(LogChecker.check(directory).seq()).as("nothing new, no checkpoint").isEqualTo(9);
    assertThat(Records.names(Records.numbered(directory)))
        .containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
  }

  @Test
  void whateverAToolAnsweredTheLogCanBeReadAndGoneOnWith() throws Exception {
    List<Json> results =
        List.of(
            Json.text("[".repeat(256) + "]".repeat(256)),
            Json.text("{\"a\":1,\"a\":2}"),
            Json.text("[" + "7".repeat(5_000) + ",1e99999999999]"),
            Json.text("{\n\"a\":\n{\"seq\":99}\n}"),
            Json.of("x".repeat(200_000)),
            Json.of("\u2028\u0085\u0000\ud83d"));
    for (Json result : results) {
      JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FLUSH);
      AuditRecord record =
          AuditRecord.of(Event.OUTCOME, Status.SUCCESS, Instant.now(), "host", "x")
              .result(result)
              .build();
      log.append(record).toCompletableFuture().join();
      log.close();
    }
    assertThat(Records.numbered(directory)).hasSize(results.size());
  }

  @Test
  void recordsLargerThanABatchAreKeptWhole() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FLUSH);
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int length = i % 5 == 0 ? 3_000_000 : 300_000;
      receipts.add(
          log.append(
                  AuditRecord.of(Event.DENIED, Status.ERROR, Instant.now(), "host", "r" + i)
                      .failure("x", "e".repeat(length + i), "no")
                      .build())
              .toCompletableFuture());
    }
    receipts.forEach(CompletableFuture::join);
    log.close();
    List<Json> records = Records.numbered(directory);
    assertThat(records).hasSize(30);
    for (int i = 0; i < 30; i++) {
      assertThat((String) records.get(i).object().get("error"))
          .hasSize((i % 5 == 0 ? 3_000_000 : 300_000) + i);
    }
  }

  @Test
  void aRecordThatCannotBeRenderedIsRefusedAndTakesNoOtherAlong() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC);
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      // The name is rendered before the number that JSON cannot express.
      double millis = i % 3 == 0 ? Double.NaN : i;
      receipts.add(
          log.append(
                  AuditRecord.of(Event.ADMIN, Status.SUCCESS, Instant.now(), "host", "r" + i)
                      .executionTimeMillis(millis)
                      .build())
              .toCompletableFuture());
    }
    log.close();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      if (i % 3 == 0) {
        assertThat(receipts.get(i)).isCompletedExceptionally();
      } else {
        kept.add("r" + i);
        assertThat(receipts.get(i)).isCompletedWithValue(new Receipt(kept.size()));
      }
    }
    assertThat(Records.names(Records.numbered(directory))).isEqualTo(kept);
    assertThat(AuditDirectory.segments(directory)).as("no file was given up").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"FSYNC", "FLUSH"})
  void recordsOfManyThreadsAreAllThereOnceUnderTheirNumbers(Durability durability)
      throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, durability);
    List<String> kept = Collections.synchronizedList(new ArrayList<>());
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        String prefix = "t" + thread + "-";
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 250; i++) {
                    kept.add(append(log, prefix + i).seq() + prefix + i);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    log.close();
    assertThat(Records.numbered(directory))
        .extracting(record -> Records.seq(record) + Records.name(record))
        .containsExactlyInAnyOrderElementsOf(kept)
        .hasSize(2_000);
  }

  @Test
  void closingKeepsWhatWasAppendedAndThenRefusesMore() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC);
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      receipts.add(log.append(Records.named("r" + i)).toCompletableFuture());
    }
    log.close();
    List<Json> records = Records.numbered(directory);
    assertThat(records).hasSize(5_000);
    for (int i = 0; i < 5_000; i++) {
      assertThat(Records.name(records.get(i))).isEqualTo("r" + i);
      assertThat(receipts.get(i)).isCompletedWithValue(new Receipt(Records.seq(records.get(i))));
    }
    assertThat(log.append(Records.named("late")).toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("closed");
    log.close();
    assertThat(log.readLogs(1)).extracting(Records::name).containsExactly("r4999");
  }

  @Test
  void everyAppendIsAnsweredHoweverItMeetsTheClosing() throws Exception {
    for (int round = 0; round < 30; round++) {
      Path each = directory.resolve("round" + round);
      JsonlAuditLog log = JsonlAuditLog.open(each, Durability.FLUSH);
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      CountDownLatch started = new CountDownLatch(1);
      Thread appending =
          new Thread(
              () -> {
                for (int i = 0; receipts.isEmpty() || !isLastRefused(receipts); i++) {
                  receipts.add(log.append(Records.named("r" + i)).toCompletableFuture());
                  started.countDown();
                }
              });
      appending.start();
      started.await();
      log.close();
      appending.join();
      assertThat(receipts).allMatch(CompletableFuture::isDone);
      long kept = receipts.stream().filter(it -> !it.isCompletedExceptionally()).count();
      assertThat(Records.numbered(each)).hasSize((int) kept);
    }
  }

  private static boolean isLastRefused(List<CompletableFuture<Receipt>> receipts) {
    return receipts.get(receipts.size() - 1).isCompletedExceptionally();
  }

  @Test
  void aLogMayBeClosedByAReceiptsContinuation() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    boolean[] isClosing = new boolean[1];
    Thread test = Thread.currentThread();
    while (receipts.isEmpty() || !isLastRefused(receipts)) {
      CompletableFuture<Receipt> receipt = log.append(Records.named("x")).toCompletableFuture();
      receipts.add(receipt);
      receipt.thenRun(
          () -> {
            if (Thread.currentThread() != test && !isClosing[0]) { // on the log's own thread
              isClosing[0] = true;
              log.close();
              closed.complete(null);
            }
          });
    }
    closed.join();
    long kept = 0;
    for (CompletableFuture<Receipt> receipt : receipts) {
      kept += receipt.handle((done, failure) -> failure == null ? 1 : 0).join();
    }
    assertThat(Records.numbered(directory)).hasSize((int) kept);
  }

  @Test
  void aLogThatCannotKeepUpRefusesInsteadOfFillingMemory() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FLUSH);
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Thread test = Thread.currentThread();
    int before = 0;
    while (stuck.getCount() > 0) {
      CompletableFuture<Receipt> receipt =
          log.append(Records.named("before")).toCompletableFuture();
      before += receipt.isCompletedExceptionally() ? 0 : 1; // on one core, the queue may be full
      receipt.thenRun(
          () -> {
            if (Thread.currentThread() != test) { // the log's thread has more to do than write
              stuck.countDown();
              await(released);
            }
          });
    }
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    while (receipts.isEmpty() || !isLastRefused(receipts)) {
      receipts.add(log.append(Records.named("waiting")).toCompletableFuture());
    }
    assertThat(receipts.size()).isBetween(1, 16_385);
    assertThatThrownBy(receipts.get(receipts.size() - 1)::join)
        .hasMessageContaining("cannot keep up");
    released.countDown();
    log.close();
    assertThat(receipts.subList(0, receipts.size() - 1))
        .allMatch(receipt -> receipt.isDone() && !receipt.isCompletedExceptionally());
    assertThat(Records.numbered(directory)).hasSize(before + receipts.size() - 1);
  }

  @Test
  void interruptingAnAppendingThreadDoesNoHarm() throws Exception {
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC);
    for (int i = 0; i < 200; i++) {
      Thread.currentThread().interrupt();
      CompletableFuture<Receipt> receipt = log.append(Records.named("r" + i)).toCompletableFuture();
      assertThat(Thread.interrupted()).as("the interrupt stays the caller's").isTrue();
      assertThat(receipt.get().seq()).isEqualTo(i + 1);
    }
    Thread.currentThread().interrupt();
    log.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Records.numbered(directory)).hasSize(200);
    assertThat(AuditDirectory.segments(directory)).as("no write ever failed").hasSize(1);
  }

  private static Receipt append(JsonlAuditLog log, String name) {
    return log.append(Records.named(name)).toCompletableFuture().join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }
}
