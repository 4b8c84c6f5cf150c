package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.PiiDetector;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.DenialCode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host already has takes part: its audit log instead of ours, its detectors beside ours. */
final class HostIntegrationTest {
  @TempDir Path directory;

  private final CustomerTool tool = new CustomerTool();

  /** A log as a host may have one: a file of its own, in a format of its own. */
  private static final class HostLog implements AuditLog {
    private final Path file;
    private final BufferedWriter writer;
    private long lines;

    HostLog(Path file) throws IOException {
      this.file = file;
      this.writer = Files.newBufferedWriter(file);
    }

    @Override
    public synchronized CompletionStage<Receipt> append(AuditRecord record) {
      try {
        Map<String, Object> fields = record.toJson().object();
        writer.write(
            String.join(
                ";",
                String.valueOf(fields.get("event")),
                String.valueOf(fields.get("tool_name")),
                String.valueOf(fields.get("result"))));
        writer.newLine();
        writer.flush();
        return CompletableFuture.completedFuture(new Receipt(++lines));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public List<Json> readLogs(int limit) throws IOException {
      List<Json> records = new ArrayList<>();
      Files.readAllLines(file).forEach(line -> records.add(0, Json.of(line)));
      return records.subList(0, Math.min(limit, records.size()));
    }

    @Override
    public synchronized void close() {
      try {
        writer.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Governor start(GovernorBuilder builder) {
    Governor governor = builder.build();
    CustomerTool.allowAlice(governor);
    return governor;
  }

  @Test
  void aLogOfTheHostsOwnTakesThePlaceOfOurs() throws Exception {
    Path file = directory.resolve("host.csv");
    try (Governor governor = start(Governor.builder().auditLog(new HostLog(file)))) {
      assertThat(governor.call(call(), tool.handler())).isInstanceOf(Released.class);
      assertThat(governor.readLogs(1))
          .singleElement()
          .satisfies(newest -> assertThat((String) newest.tree()).startsWith("outcome;"));
    }
    assertThat(Files.readAllLines(file))
        .hasSize(4) // two grants before the call
        .last()
        .asString()
        .startsWith("outcome;get_customer;")
        .contains("***@***.com")
        .doesNotContain("john@");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aLogOfTheHostsOwnThatFailsKeepsCallsFromRunning() throws Exception {
    HostLog log = new HostLog(directory.resolve("host.csv"));
    try (Governor governor = start(Governor.builder().auditLog(log))) {
      log.close();

      Denial denial = ((Refused) governor.call(call(), tool.handler())).denial();

      assertThat(denial.code()).isEqualTo(DenialCode.AUDIT_UNAVAILABLE);
      assertThat(denial.executed()).isEqualTo(Executed.NO);
      assertThat(tool.runs).hasValue(0);
    }
  }

  @Test
  void aDetectorOfTheHostsOwnWorksBesideOurs() {
    Kind name = Kind.custom("name", (text, level) -> "[NAME]");
    PiiDetector names =
        (text, findings) -> {
          int at = text.value().indexOf("John Doe");
          if (at >= 0) {
            findings.add(text.from() + at, text.from() + at + 8, name);
          }
        };
    try (Governor governor =
        start(Governor.builder().auditTo(directory.resolve("audit")).detector(names))) {
      Map<String, Object> arguments = Map.of("tenant_id", "acme", "note", "for John Doe");

      Released released = (Released) governor.call(call(arguments), tool.handler());

      assertThat(released.result().object())
          .containsEntry("name", "[NAME]")
          .containsEntry("email", "***@***.com");
      List<Json> records = governor.readLogs(2);
      assertThat(records)
          .allSatisfy(
              record ->
                  assertThat(new String(record.utf8(), StandardCharsets.UTF_8))
                      .contains("for [NAME]")
                      .doesNotContain("Doe"));
      assertThat(records.get(0).object().get("masked").toString()).contains("name=1");
    }
  }

  @Test
  void whileADetectorFailsOnAResultTheResultIsWithheld() {
    List<Throwable> failures =
        List.of(new IllegalStateException("john@example.com"), new NoClassDefFoundError("john@"));
    for (Throwable failure : failures) {
      PiiDetector fails =
          (text, findings) -> {
            if (text.value().contains("John")) {
              sneak(failure);
            }
          };
      try (Governor governor =
          start(Governor.builder().auditTo(directory.resolve("audit")).detector(fails))) {
        Denial denial = ((Refused) governor.call(call(), tool.handler())).denial();

        assertThat(denial.code()).isEqualTo(DenialCode.MASKING_FAILED);
        assertThat(denial.executed()).isEqualTo(Executed.YES);
        assertThat(denial.toText()).doesNotContain("john@");
        assertThat(governor.readLogs(1).get(0).object())
            .containsEntry("event", "outcome")
            .containsEntry("code", "masking_failed");
      }
    }
  }

  @Test
  void whileADetectorFailsOnArgumentsTheCallDoesNotRun() {
    for (Throwable failure : List.of(new IllegalStateException("Bob"), new AssertionError("Bob"))) {
      List<String> seen = Collections.synchronizedList(new ArrayList<>());
      PiiDetector fails =
          (text, findings) -> {
            seen.add(text.value());
            if (text.value().equals("Bob")) {
              sneak(failure);
            }
          };
      try (Governor governor =
          start(Governor.builder().auditTo(directory.resolve("audit")).detector(fails))) {
        Map<String, Object> arguments = Map.of("tenant_id", "acme", "name", "Bob");

        Denial denial = ((Refused) governor.call(call(arguments), tool.handler())).denial();

        assertThat(denial.code()).isEqualTo(DenialCode.AUDIT_UNAVAILABLE);
        assertThat(denial.executed()).isEqualTo(Executed.NO);
        assertThat(denial.toText()).doesNotContain("Bob");
        assertThat(seen).contains("Bob");
      }
    }
    assertThat(tool.runs).hasValue(0);
  }

  @Test
  void whileADetectorFailsOnEverythingEveryCallIsStillAnswered() {
    PiiDetector fails =
        (text, findings) -> {
          throw new IllegalStateException(text.value());
        };
    try (Governor governor =
        start(Governor.builder().auditTo(directory.resolve("audit")).detector(fails))) {
      assertThat(((Refused) governor.call(call(), tool.handler())).denial().code())
          .isEqualTo(DenialCode.AUDIT_UNAVAILABLE);
      Denial foreign =
          ((Refused) governor.call(call(Map.of("tenant_id", "globex")), tool.handler())).denial();
      assertThat(foreign.code()).isEqualTo(DenialCode.RLS);
      assertThat(foreign.reason()).contains("withheld").doesNotContain("globex");
    }
  }

  @Test
  void aColumnIsMaskedForCallersAndOnRecordInResultsAndArguments() {
    GovernorBuilder builder =
        Governor.builder()
            .auditTo(directory.resolve("audit"))
            .column("crm.customers.name", Sensitivity.STANDARD)
            .column("list_orders.note", Sensitivity.STRICT);
    try (Governor governor = builder.build()) {
      CustomerTool.allowAlice(governor);
      governor
          .tools()
          .register(
              CustomerTool.definition("find").tables(Set.of("customers")).build(),
              Sensitivity.STANDARD);
      Json arguments = Json.of(Map.of("tenant_id", "acme", "name", "John Doe", "age", 7));
      CallRequest find = CallRequest.of(CustomerTool.SERVER, "find", arguments, CustomerTool.ALICE);

      Released released = (Released) governor.call(find, tool.handler());

      assertThat(released.result().object())
          .containsEntry("name", "***")
          .containsEntry("ssn", "***-**-6789")
          .containsEntry("note", "call (***) ***-4567");
      assertThat(governor.readLogs(2))
          .allSatisfy(
              record ->
                  assertThat(new String(record.utf8(), StandardCharsets.UTF_8))
                      .contains("\"name\":\"***\"", "\"age\":7")
                      .doesNotContain("Doe"));
      assertThat(governor.readLogs(1).get(0).object().get("masked").toString())
          .contains("column=1", "/name");

      // Another tool of the server reads no such table.
      Released other = (Released) governor.call(call(), tool.handler());
      assertThat(other.result().object()).containsEntry("name", "John Doe");
    }
  }

  @Test
  void argumentsOfAToolThatNobodyKnowsAreRecordedWithoutAnyColumn() {
    GovernorBuilder builder =
        Governor.builder()
            .auditTo(directory.resolve("audit"))
            .column("crm.customers.name", Sensitivity.STANDARD);
    try (Governor governor = start(builder)) {
      Json arguments = Json.of(Map.of("tenant_id", "acme", "name", "John Doe"));
      CallRequest unknown =
          CallRequest.of(CustomerTool.SERVER, "fnd", arguments, CustomerTool.ALICE);

      assertThat(governor.call(unknown, tool.handler())).isInstanceOf(Refused.class);

      assertThat(governor.readLogs(1).get(0).object())
          .containsEntry("arguments", Map.of("tenant_id", "acme", "name", "***"));
    }
  }

  @Test
  void aColumnThatMakesNoSenseFailsWhereItIsWritten() {
    GovernorBuilder builder = Governor.builder().column("a.ssn", Sensitivity.STRICT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.column("a..ssn", Sensitivity.STRICT))
        .withMessageContaining("crm.customers.ssn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.column("a.ssn", Sensitivity.STANDARD))
        .withMessageContaining("one level");
    builder.auditTo(directory.resolve("audit")).column("A.SSN", Sensitivity.STANDARD);
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("one level");
  }

  /** Throws anything, as foreign code may. */
  private static void sneak(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
