package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ObservedLogTest {
  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void besideItsKeys() {
    directory = temporary.resolve("audit");
  }

  private AuditLog open(Durability durability, AuditSink... sinks) throws IOException {
    return AuditLog.withSinks(JsonlAuditLog.open(directory, durability), List.of(sinks));
  }

  @ParameterizedTest
  @EnumSource
  void sinksHearInTheOrderOfTheLogWhoeverAppends(Durability durability) throws Exception {
    CollectingSink sink = new CollectingSink();
    int perThread = 500;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (AuditLog log = open(durability, sink)) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        String name = "t" + thread + "-";
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < perThread; i++) {
                    // Who waits for a record may be the one that runs its continuations.
                    log.append(Records.named(name + i)).toCompletableFuture().join();
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    threads.shutdown();
    assertThat(sink.records.stream().map(record -> Records.name(record.toJson())))
        .isEqualTo(Records.names(Records.numbered(directory)))
        .hasSize(8 * perThread);
    assertThat(sink.places)
        .isEqualTo(
            Records.numbered(directory).stream()
                .map(record -> durability == Durability.ASYNC ? 0 : Records.seq(record))
                .toList());
    assertThat(sink.closed).isTrue();
  }

  @Test
  void recordsThatFindTheQueueFullAreDroppedForThatSinkOnlyAndCounted() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    CollectingSink quick = new CollectingSink();
    CollectingSink slow = new CollectingSink();
    AuditSink held =
        AuditSinkContract.before(
            slow,
            record -> {
              busy.countDown();
              AuditSinkContract.await(free);
            });
    int queued = SinkFeed.QUEUE_RECORDS;
    String said;
    try (StandardError error = new StandardError()) {
      try (AuditLog log = open(Durability.FLUSH, held, quick)) {
        log.append(Records.named("first"));
        busy.await();
        for (int i = 0; i < queued + 10; i++) {
          log.append(Records.named("r" + i)).toCompletableFuture().join();
        }
        free.countDown();
      }
      said = error.text();
    }
    assertThat(quick.records).hasSize(1 + queued + 10);
    assertThat(slow.records).hasSize(1 + queued);
    assertThat(Records.name(slow.records.get(queued).toJson())).isEqualTo("r" + (queued - 1));
    assertThat(
            Pattern.compile("(\\d+) records dropped")
                .matcher(said)
                .results()
                .mapToInt(count -> Integer.parseInt(count.group(1)))
                .sum())
        .isEqualTo(10);
  }

  @Test
  void whatTheLogRefusesNoSinkHearsOf() throws Exception {
    CollectingSink sink = new CollectingSink();
    AuditLog log = open(Durability.FSYNC, sink);
    log.append(Records.named("kept")).toCompletableFuture().join();
    log.close();

    assertThatThrownBy(() -> log.append(Records.named("late")).toCompletableFuture().join())
        .hasCauseInstanceOf(IOException.class);
    assertThat(sink.records).hasSize(1);
  }

  @Test
  void aSinkThatHangsDoesNotKeepTheLogFromClosing() throws Exception {
    CollectingSink sink = new CollectingSink();
    CountDownLatch interrupted = new CountDownLatch(1);
    AuditSink hanging =
        AuditSinkContract.before(
            sink,
            record -> {
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    AuditLog log =
        new ObservedLog(
            JsonlAuditLog.open(directory, Durability.FLUSH),
            List.of(hanging),
            Duration.ofMillis(50));
    log.append(Records.named("r"));
    log.close();
    interrupted.await();
  }

  @Test
  void aLogOfTheHostsOwnNeedNotCount() throws Exception {
    AuditLog uncounted =
        new AuditLog() {
          @Override
          public CompletionStage<Receipt> append(AuditRecord record) {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public List<Json> readLogs(int limit) {
            return List.of();
          }

          @Override
          public void close() {
            // nothing is open
          }
        };
    CollectingSink sink = new CollectingSink();
    try (AuditLog log = AuditLog.withSinks(uncounted, List.of(sink))) {
      log.append(Records.named("r"));
    }
    assertThat(sink.places).containsExactly(0L);
  }
}
