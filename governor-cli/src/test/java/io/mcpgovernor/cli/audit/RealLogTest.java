package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpgovernor.Governor;
import io.mcpgovernor.ValueSearch;
import io.mcpgovernor.audit.AuditKeys;
import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.verify.LogReport;
import io.mcpgovernor.verify.LogReport.Outcome;
import io.mcpgovernor.verify.LogVerifier;
import io.mcpgovernor.verify.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a governor writes, held against the schema of records and against the verifier. */
final class RealLogTest {
  private static final Path SCHEMA = Path.of("../docs/audit-record.schema.json");
  private static final AuditOptions OPTIONS =
      AuditOptions.builder()
          .segmentBytes(16_384)
          .checkpoints(7, Duration.ofHours(1))
          .denialsPerMinute(5)
          .build();

  @TempDir private Path temporary;
  private Path directory;
  private String key;

  /** Calls of every sort, files that turn, a new key, and a second start after a torn write. */
  @BeforeEach
  void aLogOfEverything() throws IOException {
    directory = temporary.resolve("audit");
    run();
    key = AuditKeys.read(AuditKeys.beside(directory)).verifierKey();
    assertThat(keys("--rotate", directory)).isZero();
    tear();
    run();
  }

  private void run() throws IOException {
    try (Governor governor = Governor.builder().auditTo(directory).audit(OPTIONS).build()) {
      governor.grants().grantTenantAccess("alice", "acme");
      governor.grants().grantPiiPermission("alice");
      Tool tool =
          Tool.of("crm", Json.of(Map.of("name", "get_customer", "description", "A customer.")))
              .requiresPii(true)
              .build();
      governor.tools().register(tool, Sensitivity.STANDARD);
      for (int i = 0; i < 20; i++) {
        call(governor, "alice", i);
        call(governor, "mallory", i);
      }
    }
  }

  private static void call(Governor governor, String user, int number) {
    Json arguments =
        Json.of(Map.of("tenant_id", "acme", "note", "ask john.doe@example.com " + number));
    var _ =
        governor.call(
            CallRequest.of("crm", "get_customer", arguments, Principal.verified(user)),
            call -> {
              if (number % 5 == 4) {
                throw new IllegalStateException("no such customer");
              }
              return CompletableFuture.completedFuture(
                  new ToolResult(
                      Json.of(Map.of("email", "john.doe@example.com", "phone", "555-123-4567")),
                      false));
            });
  }

  /** Half a line at the end, as a crash leaves it. */
  private void tear() throws IOException {
    List<Path> segments = segments();
    Path last = segments.getLast();
    Files.writeString(
        last, Files.readString(last) + "{\"timestamp\":\"2026-11-2", StandardCharsets.UTF_8);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().contains(".jsonl")).sorted().toList();
    }
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path segment : segments()) {
      if (!segment.toString().endsWith(".torn")) {
        lines.addAll(text(segment).lines().toList());
      }
    }
    return lines;
  }

  private static String text(Path segment) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (InputStream file = Files.newInputStream(segment);
        InputStream in = segment.toString().endsWith(".gz") ? new GZIPInputStream(file) : file) {
      in.transferTo(text);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private int keys(Object... arguments) {
    return new CommandLine(new AuditCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .execute(
            Stream.concat(Stream.of("keys"), Stream.of(arguments).map(String::valueOf))
                .toArray(String[]::new));
  }

  @Test
  void everyLineFitsTheSchemaAndEveryEventIsThere() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);

    List<String> lines = lines();

    assertThat(lines)
        .allSatisfy(line -> assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty());
    assertThat(String.join("\n", lines))
        .contains(
            "\"event\":\"attempt\"",
            "\"event\":\"outcome\"",
            "\"event\":\"denied\"",
            "\"event\":\"admin\"",
            "\"event\":\"recovered\"",
            "\"event\":\"checkpoint\"",
            "\"count\":",
            "\"code\":\"tool_error\"",
            "\"values\":",
            "\"result_hmac\":",
            "\"lengths\":",
            "\"complexity\":",
            "\"policy_version\":")
        .doesNotContain("john.doe@example.com", "no such customer");
  }

  @Test
  void theVerifierFindsItWholeWithTheFirstKeyAlone() throws Exception {
    LogReport report =
        LogVerifier.builder()
            .keys(List.of(VerifierKey.parse(key)))
            .build()
            .verify(List.of(directory))
            .logs()
            .getFirst();

    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.OK);
    assertThat(report.records().segments()).isGreaterThan(2);
    assertThat(report.records().lastSeq()).isEqualTo(lines().size());
    assertThat(report.signatures().rotations()).hasSize(1);
    assertThat(report.loneAttempts().count()).isZero();
  }

  @Test
  void whoKnowsAValueAndHasTheKeyFindsItsRecords() throws Exception {
    AuditKeys keys = AuditKeys.read(AuditKeys.beside(directory));
    String valueKey =
        Files.readString(AuditKeys.beside(directory).resolve("value-" + keys.valueKeyId() + ".key"))
            .strip();
    ValueSearch search = new ValueSearch(HexFormat.of().parseHex(valueKey));

    assertThat(lines())
        .filteredOn(
            line ->
                search.hashes(List.of("acme"), "(555) 123-4567").stream().anyMatch(line::contains))
        .hasSize(32); // the outcomes of both runs but for those of tools that threw
  }

  @Test
  void keysAreShownAndPrivateOnesAreNot() throws Exception {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new AuditCommand())
            .setOut(new PrintWriter(out))
            .execute("keys", directory.toString(), "--json");

    assertThat(code).isZero();
    Map<?, ?> shown = Json.utf8(out.toString().getBytes(StandardCharsets.UTF_8)).object();
    assertThat(shown.get("earlier")).isEqualTo(List.of(key));
    assertThat(shown.get("signs")).asString().isNotEqualTo(key).startsWith("mcp-governor/");
    assertThat(out.toString()).doesNotContain("PRIVATE");
    assertThat(keys(temporary.resolve("nowhere"))).isEqualTo(1);
    assertThat(keys("--rotate", temporary)).as("what is no log becomes none").isEqualTo(1);
    assertThat(temporary.resolve("audit.lock")).doesNotExist();
  }
}
