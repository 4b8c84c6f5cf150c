package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.call.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AppendHereTest {
  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void besideItsKeys() {
    directory = temporary.resolve("audit");
  }

  private JsonlAuditLog open(int checkpointRecords) throws Exception {
    return JsonlAuditLog.open(
        directory,
        AuditOptions.builder()
            .durability(Durability.FLUSH)
            .checkpoints(checkpointRecords, Duration.ofMinutes(10))
            .build());
  }

  private static CompletableFuture<Receipt> append(JsonlAuditLog log, String name, boolean here) {
    AuditRecord record = Records.named(name);
    return (here ? log.appendHere(record) : log.append(record)).toCompletableFuture();
  }

  @Test
  void whoFindsNobodyWritingWritesItself() throws Exception {
    int written = 0;
    try (JsonlAuditLog log = open(10_000)) {
      append(log, "r1", false).join(); // a new file is the writer's business
      for (int i = 2; i <= 1_001; i++) {
        CompletableFuture<Receipt> receipt = append(log, "r" + i, true);
        written += receipt.isDone() ? 1 : 0;
        assertThat(receipt.join().seq()).isEqualTo(i);
      }
      assertThat(Records.name(log.readLogs(1).get(0))).isEqualTo("r1001");
    }
    // The writer may be about to give its turn back, or to look at the clock, now and then.
    assertThat(written).isGreaterThan(500);
    assertThat(Records.numbered(directory)).hasSize(1_001);
  }

  /** Few records a checkpoint, so that the writer and those who append take turns all the time. */
  @Test
  @Timeout(60) // what nobody writes is waited for without end
  void everyThreadsRecordsAreAnsweredAndInItsOrderWhoeverWritesThem() throws Exception {
    int threads = 8;
    int each = 150;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (JsonlAuditLog log = open(7)) {
      List<Future<?>> loops = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String name = "t" + thread + "-";
        boolean waits = thread % 4 > 0;
        loops.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    CompletableFuture<Receipt> receipt = append(log, name + i, waits || i % 2 == 0);
                    if (waits) {
                      receipt.join();
                    }
                  }
                }));
      }
      for (Future<?> loop : loops) {
        loop.get();
      }
    } finally {
      pool.shutdownNow();
    }

    List<Json> records = Records.numbered(directory);
    assertThat(records).hasSize(threads * each);
    Map<String, Integer> next = new HashMap<>();
    for (String name : Records.names(records)) {
      int dash = name.indexOf('-');
      assertThat(Integer.parseInt(name.substring(dash + 1)))
          .as(name)
          .isEqualTo(next.merge(name.substring(0, dash), 1, Integer::sum) - 1);
    }
  }

  @Test
  void everyRecordIsAnsweredHoweverItMeetsTheClosing() throws Exception {
    for (int round = 0; round < 6; round++) {
      directory = temporary.resolve("round" + round).resolve("audit");
      JsonlAuditLog log = open(5);
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      CountDownLatch started = new CountDownLatch(1);
      Thread appending =
          new Thread(
              () -> {
                do {
                  receipts.add(append(log, "r" + receipts.size(), true));
                  started.countDown();
                } while (!receipts.get(receipts.size() - 1).isCompletedExceptionally());
              });
      appending.start();
      started.await();
      log.close();
      appending.join();

      assertThat(receipts).allMatch(CompletableFuture::isDone);
      long kept = receipts.stream().filter(it -> !it.isCompletedExceptionally()).count();
      assertThat(Records.numbered(directory)).hasSize((int) kept);
    }
  }

  @Test
  void anInterruptOfTheThreadThatWritesHarmsNothing() throws Exception {
    try (JsonlAuditLog log = open(1_000)) {
      for (int i = 1; i <= 200; i++) {
        Thread.currentThread().interrupt();
        CompletableFuture<Receipt> receipt = append(log, "r" + i, true);
        assertThat(Thread.interrupted()).as("the interrupt stays the caller's").isTrue();
        assertThat(receipt.get().seq()).isEqualTo(i);
      }
    }
    assertThat(Records.numbered(directory)).hasSize(200);
    assertThat(AuditDirectory.segments(directory)).as("no write ever failed").hasSize(1);
  }

  @Test
  void aReceiptsContinuationMayAppend() throws Exception {
    try (JsonlAuditLog log = open(1_000)) {
      AtomicLong second = new AtomicLong();
      append(log, "r1", false).join();
      append(log, "blocking", true).join();
      CompletableFuture<Void> both =
          append(log, "r2", true)
              .thenCompose(receipt -> append(log, "r3", true))
              .thenAccept(receipt -> second.set(receipt.seq()));

      both.join();

      assertThat(second).hasValue(4);
    }
    assertThat(Records.numbered(directory)).hasSize(4);
  }

  @Test
  @Timeout(60)
  void checkpointsAreWrittenInTimeThoughTheWriterHasNothingElseToDo() throws Exception {
    AuditOptions options =
        AuditOptions.builder()
            .durability(Durability.FLUSH)
            .checkpoints(1_000, Duration.ofSeconds(1))
            .build();
    try (JsonlAuditLog log = JsonlAuditLog.open(directory, options)) {
      append(log, "r1", false).join();
      for (int i = 0; i < 3; i++) {
        long checkpoints = checkpoints();
        append(log, "more", true).join();
        while (checkpoints() == checkpoints) {
          Thread.sleep(20);
        }
      }
    }
  }

  private long checkpoints() throws Exception {
    return Files.readString(directory.resolve("audit-000001.jsonl"))
        .lines()
        .filter(line -> line.contains("\"event\":\"checkpoint\""))
        .count();
  }
}
