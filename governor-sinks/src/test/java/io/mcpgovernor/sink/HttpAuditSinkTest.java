package io.mcpgovernor.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record reaches the receiver, whatever it answers and whoever dies. */
final class HttpAuditSinkTest {
  @TempDir private Path temporary;

  static HttpAuditSinkBuilder sink(URI receiver, Path audit) {
    return HttpAuditSink.to(receiver, audit)
        .retry(Duration.ofMillis(5), Duration.ofMillis(20))
        .cursor(audit.resolveSibling("cursor"));
  }

  private Path audit() {
    return temporary.resolve("audit");
  }

  private AuditLog open(HttpAuditSinkBuilder sink) throws IOException {
    AuditOptions options =
        AuditOptions.builder().durability(Durability.FLUSH).segmentBytes(64 << 10).build();
    return AuditLog.withSinks(JsonlAuditLog.open(audit(), options), List.of(sink.build()));
  }

  static AuditRecord record(String name) {
    return AuditRecord.of(Event.ADMIN, Status.SUCCESS, Instant.now(), "host", name)
        .arguments(Json.of(Map.of("padding", "x".repeat(200))))
        .build();
  }

  /** Appends records and waits until they are kept; gives the number of the last. */
  private static long append(AuditLog log, String... names) {
    long seq = 0;
    for (String name : names) {
      seq = log.append(record(name)).toCompletableFuture().join().seq();
    }
    return seq;
  }

  private static long appendMany(AuditLog log, int count) {
    List<CompletableFuture<AuditLog.Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      receipts.add(log.append(record("r" + i)).toCompletableFuture());
    }
    return receipts.get(count - 1).join().seq();
  }

  /** What the log holds, by a reader of its own. */
  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    JsonlAuditLog.readSince(
        audit(), Instant.EPOCH, line -> lines.add(new String(line.utf8(), StandardCharsets.UTF_8)));
    return lines;
  }

  private static List<Long> upTo(long seq) {
    return LongStream.rangeClosed(1, seq).boxed().toList();
  }

  @Test
  void everyRecordArrivesInOrderAsItsLineIsAcrossSegments() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      try (AuditLog log = open(sink(receiver.uri(), audit()))) {
        for (int wave = 0; wave < 10; wave++) { // a segment turns between batches
          receiver.awaitSeq(appendMany(log, 100));
        }
      } // closing brings the last checkpoint as well
      List<String> lines = lines();
      assertThat(receiver.taken()).containsExactlyElementsOf(upTo(lines.size()));
      assertThat(String.join("", receiver.bodies())).isEqualTo(String.join("\n", lines) + "\n");
      try (var files = Files.list(audit())) {
        assertThat(files.filter(file -> file.toString().contains("audit-0")).count())
            .as("segments")
            .isGreaterThan(3);
      }
    }
  }

  @Test
  void requestsSayWhatTheyHoldAndWhoSends() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      try (AuditLog log =
          open(
              sink(receiver.uri(), audit())
                  .bearer(() -> "the-token")
                  .header("X-Source", "gateway-7")
                  .gzip(true)
                  .format(BatchFormat.JSON_ARRAY))) {
        append(log, "one", "two");
      }
      for (Headers headers : receiver.headers()) {
        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer the-token");
        assertThat(headers.getFirst("X-Source")).isEqualTo("gateway-7");
        assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(headers.getFirst("Idempotency-Key")).matches("\\d+-\\d+-[0-9a-f]{64}");
      }
      List<String> lines = new ArrayList<>();
      for (String body : receiver.bodies()) {
        List<?> records = (List<?>) Json.text(body).tree();
        records.forEach(each -> lines.add(((Map<?, ?>) each).get("tool_name").toString()));
      }
      assertThat(lines).startsWith("one", "two");
    }
  }

  @Test
  void whatWasKeptDuringAnOutageArrivesAfterwardsEvenAfterRestarts() throws Exception {
    int port;
    try (TestReceiver receiver = new TestReceiver()) {
      port = receiver.port();
      try (AuditLog log = open(sink(receiver.uri(), audit()))) {
        receiver.awaitSeq(append(log, "before"));
      }
    }
    URI away = URI.create("http://127.0.0.1:" + port + "/audit");
    for (int restart = 0; restart < 3; restart++) {
      try (AuditLog log = open(sink(away, audit()))) {
        appendMany(log, 100);
      }
    }
    try (TestReceiver receiver = new TestReceiver(port)) {
      try (AuditLog log = open(sink(away, audit()))) {
        receiver.awaitSeq(append(log, "after"));
      }
      long first = receiver.taken().iterator().next();
      assertThat(first).as("what arrived before is not sent again").isGreaterThan(1);
      assertThat(receiver.taken())
          .containsExactlyElementsOf(
              LongStream.rangeClosed(first, lines().size()).boxed().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 301, 401, 403, 404, 408, 429, 500, 503})
  void whatIsNotTheRecordsFaultIsTriedAgain(int status) throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      receiver.answers(
          (request, body, answer) -> {
            answer.set("Location", "http://127.0.0.1:1/elsewhere");
            return request < 3 ? status : 200;
          });
      try (AuditLog log = open(sink(receiver.uri(), audit()))) {
        receiver.awaitSeq(append(log, "one", "two", "three"));
        assertThat(receiver.requests()).isGreaterThan(3);
      }
      assertThat(receiver.taken()).containsExactlyElementsOf(upTo(lines().size()));
      assertThat(audit().resolveSibling("cursor.refused.jsonl")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void aRecordThatIsRefusedIsFoundAndSetAsideAndTheOthersArrive(int status) throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      CountDownLatch ready = new CountDownLatch(1);
      receiver.answers(
          (request, body, answer) -> {
            await(ready);
            return body.contains("poison") ? status : 200;
          });
      HttpAuditSink sink = sink(receiver.uri(), audit()).build();
      try (AuditLog log =
          AuditLog.withSinks(JsonlAuditLog.open(audit(), Durability.FLUSH), List.of(sink))) {
        appendMany(log, 50);
        append(log, "poison1");
        appendMany(log, 30);
        long last = append(log, "poison2", "end");
        ready.countDown();
        receiver.awaitSeq(last);
      }
      assertThat(sink.progress().setAside()).isEqualTo(2);
      Path refused = audit().resolveSibling("cursor.refused.jsonl");
      assertThat(Files.readAllLines(refused))
          .containsExactlyElementsOf(lines().stream().filter(l -> l.contains("poison")).toList());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(refused)))
          .isEqualTo("rw-------");
      List<Long> expected = new ArrayList<>(upTo(lines().size()));
      Files.readAllLines(refused).forEach(line -> expected.removeAll(TestReceiver.seqs(line)));
      assertThat(receiver.taken()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void aReceiverThatRefusesEverythingDoesNotGetTheLogSetAside() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      receiver.answers((request, body, answer) -> 400);
      try (AuditLog log = open(sink(receiver.uri(), audit()))) {
        long last = appendMany(log, 200);
        receiver.awaitRequests(200);
        receiver.answers((request, body, answer) -> 200);
        receiver.awaitSeq(last);
      }
      int setAside = Files.readAllLines(audit().resolveSibling("cursor.refused.jsonl")).size();
      assertThat(setAside).isEqualTo(Delivery.REFUSED_IN_A_ROW_MAX);
      assertThat(receiver.taken()).hasSize(lines().size() - setAside);
    }
  }

  @Test
  void aReceiverThatTakesTooLongIsLeftAndAskedAgain() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      CountDownLatch never = new CountDownLatch(1);
      receiver.answers(
          (request, body, answer) -> {
            if (request == 0) {
              await(never);
            }
            return 200;
          });
      try (AuditLog log = open(sink(receiver.uri(), audit()).timeout(Duration.ofMillis(300)))) {
        receiver.awaitSeq(append(log, "one"));
      } finally {
        never.countDown();
      }
      assertThat(receiver.taken()).containsExactlyElementsOf(upTo(lines().size()));
    }
  }

  @Test
  void neitherTokenNorAddressNorRecordIsLogged() throws Exception {
    java.io.PrintStream before = System.err;
    java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
    System.setErr(new java.io.PrintStream(said, true, StandardCharsets.UTF_8));
    try (TestReceiver receiver = new TestReceiver()) {
      receiver.answers(
          (request, body, answer) -> request < 3 ? 401 : body.contains("p1") ? 400 : 200);
      try (AuditLog log = open(sink(receiver.uri(), audit()).bearer(() -> "the-token"))) {
        receiver.awaitSeq(append(log, "p1", "two"));
      }
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains(
            "Audit records do not reach http://127.0.0.1", "status 401", "refuses audit record")
        .doesNotContain("the-token", "topsecret", "xxxx");
  }

  @Test
  void aCursorOfAnotherLogIsNotGoneOnWith() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      try (AuditLog log = open(sink(receiver.uri(), audit()))) {
        receiver.awaitSeq(append(log, "one", "two"));
      }
      Path cursor = audit().resolveSibling("cursor");
      String line = Files.readString(cursor);
      Files.writeString(cursor, "mcp-governor delivered 99 " + "a".repeat(64) + "\n");
      assertThatThrownBy(() -> sink(receiver.uri(), audit()).build())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("another log's; delete it");
      Files.writeString(cursor, "x");
      assertThatThrownBy(() -> sink(receiver.uri(), audit()).build())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("delete it to send the whole log again");
      // The right number, and the hash of another record.
      Files.writeString(cursor, "mcp-governor delivered 1 " + "a".repeat(64) + "\n");
      HttpAuditSink sink = sink(receiver.uri(), audit()).build();
      while (sink.progress().problem().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(sink.progress().problem()).contains("does not follow", "another log");
      sink.close();
      assertThat(line).startsWith("mcp-governor delivered ");
    }
  }

  @Test
  void twoSinksDoNotShareACursor() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      HttpAuditSink first = sink(receiver.uri(), audit()).build();
      assertThatThrownBy(() -> sink(receiver.uri(), audit()).build())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("another sink uses", "cursor");
      Process process = SinkChild.start(receiver.uri(), audit());
      assertThat(process.waitFor()).as("nor do those of two processes").isNotZero();
      first.close();
      sink(receiver.uri(), audit()).build().close();
    }
  }

  @Test
  void aTornEndOfTheLogDoesNotKeepASinkFromStarting() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      try (AuditLog log = open(sink(receiver.uri(), audit()))) {
        receiver.awaitSeq(append(log, "one"));
      }
      Path segment = audit().resolve("audit-000001.jsonl");
      String line = Files.readAllLines(segment).get(0);
      Files.writeString(segment, "\0\0torn\n" + line + "\n", StandardOpenOption.APPEND);
      try (AuditLog log = open(sink(receiver.uri(), audit()))) {
        receiver.awaitSeq(append(log, "two"));
      }
      assertThat(String.join("", receiver.bodies())).isEqualTo(String.join("\n", lines()) + "\n");
    }
  }

  @Test
  void whatRetentionDeletedBeforeItArrivedIsCounted() throws Exception {
    try (AuditLog log =
        JsonlAuditLog.open(audit(), AuditOptions.builder().segmentBytes(64 << 10).build())) {
      appendMany(log, 500);
      appendMany(log, 500);
    }
    try (var files = Files.list(audit())) {
      files.filter(file -> file.toString().contains("audit-000001")).forEach(file -> delete(file));
    }
    try (TestReceiver receiver = new TestReceiver()) {
      HttpAuditSink sink = sink(receiver.uri(), audit()).build();
      sink.close();
      long first = receiver.taken().iterator().next();
      assertThat(first).isGreaterThan(1);
      assertThat(sink.progress().missing()).isEqualTo(first - 1);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothingIsLostWhenTheProcessIsKilledWhileItSends() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      long acknowledged = 0;
      for (int round = 0; round < 3; round++) {
        Process process = SinkChild.start(receiver.uri(), audit());
        try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
          int lines = 0;
          for (String line = output.readLine(); line != null; line = output.readLine()) {
            acknowledged = Long.parseLong(line);
            if (++lines == 150 + 100 * round) {
              process.toHandle().destroyForcibly(); // SIGKILL, in the middle of a batch or not
            }
          }
        } finally {
          process.destroyForcibly().waitFor();
        }
      }
      try (AuditLog log = open(sink(receiver.uri(), audit()))) {
        receiver.awaitSeq(append(log, "end"));
      }
      assertThat(lines().size()).isGreaterThan((int) acknowledged);
      assertThat(receiver.taken()).containsExactlyElementsOf(upTo(lines().size()));
    }
  }

  @Test
  void recordsAreNotSentInTheClearToAnotherMachine() {
    for (String receiver :
        List.of(
            "http://logs.example.com/", "ftp://127.0.0.1/", "https:///x", "https://a:b@host/")) {
      assertThatThrownBy(() -> HttpAuditSink.to(URI.create(receiver), audit()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("https");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
