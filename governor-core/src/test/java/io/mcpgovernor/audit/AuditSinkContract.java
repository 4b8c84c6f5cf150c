package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every sink beside an audit log, whatever it does with records. */
public interface AuditSinkContract {
  /**
   * A new sink.
   *
   * @param audit the directory of the log that it is put beside, which may not be there yet
   */
  AuditSink sink(Path audit);

  /** The records that sinks of this test got so far but for checkpoints, as JSON text, in order. */
  List<String> received();

  @Test
  default void itIsToldOfEveryRecordInTheOrderOfTheLog(@TempDir Path directory) throws Exception {
    try (AuditLog log = open(directory, sink(audit(directory)))) {
      for (int i = 0; i < 1_000; i++) {
        log.append(Records.named("r" + i));
      }
    } // closing delivers what is queued
    assertThat(names()).isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "r" + i).toList());
  }

  @Test
  default void whileItIsSlowRecordsAreKeptAllTheSame(@TempDir Path directory) throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    AuditSink sink = sink(audit(directory));
    try (AuditLog log = open(directory, before(sink, record -> await(free)))) {
      for (int i = 1; i <= 3; i++) {
        Receipt receipt = log.append(Records.named("r" + i)).toCompletableFuture().get();
        assertThat(receipt.seq()).isEqualTo(i);
      }
      assertThat(received()).isEmpty();
      free.countDown();
    }
    assertThat(names()).containsExactly("r1", "r2", "r3");
  }

  @Test
  default void itGetsTheRecordsThatFollowAFailure(@TempDir Path directory) throws Exception {
    AuditSink sink = sink(audit(directory));
    AuditSink failing =
        before(
            sink,
            record -> {
              if (Records.name(record.toJson()).equals("r1")) {
                throw new AssertionError("secret");
              }
            });
    String said;
    try (StandardError error = new StandardError()) {
      try (AuditLog log = open(directory, failing)) {
        for (int i = 1; i <= 3; i++) {
          log.append(Records.named("r" + i)).toCompletableFuture().get();
        }
      }
      said = error.text();
    }
    // One that reads the log itself is only woken late, and gets the first one, too.
    assertThat(names()).endsWith("r2", "r3").hasSizeBetween(2, 3);
    assertThat(said).contains("1 failures", "AssertionError at ").doesNotContain("secret");
  }

  @Test
  default void nothingRawReachesIt(@TempDir Path directory) {
    Principal alice = Principal.verified("alice");
    try (Governor governor =
        Governor.builder().auditTo(audit(directory)).auditSink(sink(audit(directory))).build()) {
      governor
          .tools()
          .register(Tool.of("crm", Json.text("{\"name\":\"find\"}")).build(), Sensitivity.STANDARD);
      Json arguments = Json.of(Map.of("email", "raw@example.com", "phone", 5551234567L));
      CallRequest request = CallRequest.of("crm", "find", arguments, alice);
      ToolHandler answers =
          call ->
              CompletableFuture.completedFuture(
                  new ToolResult(
                      Json.text("{\"text\":\"SSN 123-45-6789 of raw@example.com\"}"), false));
      ToolHandler fails =
          call -> {
            throw new IllegalStateException("raw@example.com");
          };
      assertThat(governor.call(request, answers)).isInstanceOf(CallOutcome.Released.class);
      assertThat(governor.call(request, fails)).isInstanceOf(CallOutcome.Refused.class);
    }
    assertThat(received())
        .hasSize(4)
        .allSatisfy(
            record ->
                assertThat(record)
                    .contains("***@***.com", "**********")
                    .doesNotContain("raw@", "5551234567", "123-45"));
    assertThat(received().get(1)).contains("***-**-****");
    assertThat(received().get(3)).contains("\"tool_error\"");
  }

  private List<String> names() {
    return received().stream().map(record -> Records.name(Json.text(record))).toList();
  }

  private static AuditLog open(Path directory, AuditSink sink) throws Exception {
    return AuditLog.withSinks(
        JsonlAuditLog.open(audit(directory), Durability.FLUSH), List.of(sink));
  }

  private static Path audit(Path directory) {
    return directory.resolve("audit");
  }

  /** A sink with something else done before it is told. */
  static AuditSink before(AuditSink sink, Consumer<AuditRecord> step) {
    return new AuditSink() {
      @Override
      public void accept(AuditRecord record, Receipt receipt) {
        step.accept(record);
        sink.accept(record, receipt);
      }

      @Override
      public void close() {
        sink.close();
      }
    };
  }

  /** Waits, whoever interrupts. */
  static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
