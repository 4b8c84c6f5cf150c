package io.mcpgovernor.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.GivenUp;
import io.mcpgovernor.audit.JsonlAuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the log's files while a sink reads them. */
final class FollowedSegmentsTest {
  @TempDir private Path temporary;
  private Path audit;

  @BeforeEach
  void besideItsKeys() {
    audit = temporary.resolve("audit");
  }

  private AuditLog open(AuditOptions options, HttpAuditSinkBuilder sink) throws IOException {
    return AuditLog.withSinks(JsonlAuditLog.open(audit, options), List.of(sink.build()));
  }

  private static long append(AuditLog log, String name) {
    return log.append(HttpAuditSinkTest.record(name)).toCompletableFuture().join().seq();
  }

  private Path segment(int number) {
    return audit.resolve("audit-00000" + number + ".jsonl");
  }

  /** What the log holds, by a reader of its own, each followed by a line break. */
  private String kept() throws IOException {
    List<String> lines = new ArrayList<>();
    JsonlAuditLog.readSince(
        audit, Instant.EPOCH, line -> lines.add(new String(line.utf8(), StandardCharsets.UTF_8)));
    return String.join("\n", lines) + "\n";
  }

  @Test
  void whatAFailedWriteLeftBehindIsNeverSentAndWhatWasWrittenAgainIsSentOnce() throws Exception {
    GivenUp disk = new GivenUp();
    try (TestReceiver receiver = new TestReceiver()) {
      CountDownLatch back = new CountDownLatch(1);
      try (AuditLog log = open(disk.options(), HttpAuditSinkTest.sink(receiver.uri(), audit))) {
        for (int i = 0; i < 3; i++) { // the sink is at the end of the file that is given up
          receiver.awaitSeq(append(log, "before" + i));
          disk.next();
          receiver.awaitSeq(append(log, "again" + i));
        }
        receiver.answers(
            (request, body, answer) -> {
              await(back);
              return 200;
            });
        append(log, "held back");
        for (int i = 3; i < 5; i++) { // and far from it
          append(log, "before" + i);
          disk.next();
          append(log, "again" + i);
        }
        back.countDown();
        receiver.awaitSeq(append(log, "end"));
      }
      for (int i = 0; i < 5; i++) {
        assertThat(Files.readString(segment(i + 1))).as("left behind").contains("\"again" + i);
        assertThat(Files.readString(segment(i + 2))).as("written again").contains("\"again" + i);
      }
      assertThat(String.join("", receiver.bodies())).isEqualTo(kept());
    }
    try (TestReceiver another = new TestReceiver()) { // which begins with the first record
      HttpAuditSinkTest.sink(another.uri(), audit).cursor(temporary.resolve("new")).build().close();
      assertThat(String.join("", another.bodies())).isEqualTo(kept());
    }
  }

  @Test
  @Timeout(60)
  void aSegmentThatIsCompressedWhileItIsReadArrivesWhole() throws Exception {
    AuditOptions options =
        AuditOptions.builder().durability(Durability.FLUSH).segmentBytes(32 << 10).build();
    AtomicInteger restarts = new AtomicInteger();
    try (TestReceiver receiver = new TestReceiver()) {
      // The sink waits with ten records of the first segment, and then with twenty, read anew.
      for (int segments = 1; segments <= 2; segments++) {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        receiver.answers(
            (request, body, answer) -> {
              reached.countDown();
              await(back);
              return restarts.get() == 0 && request > 0 ? 503 : 200;
            });
        HttpAuditSinkBuilder sink =
            HttpAuditSinkTest.sink(receiver.uri(), audit).batch(10, 1 << 20);
        try (AuditLog log = open(options, sink)) {
          for (int i = 0; i < 20; i++) {
            append(log, "r" + i);
          }
          reached.await();
          while (Files.exists(segment(segments)) || Files.notExists(compressed(segments))) {
            append(log, "more");
          }
          back.countDown();
          if (restarts.getAndIncrement() > 0) {
            receiver.awaitSeq(append(log, "end"));
          }
        }
      }
      assertThat(compressed(2)).exists();
      assertThat(String.join("", receiver.bodies())).isEqualTo(kept());
    }
  }

  private Path compressed(int number) {
    return audit.resolve(segment(number).getFileName() + ".gz");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
