package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tail, search, stats and export over logs that a governor has written. */
final class ReadingCommandsTest {
  private static final String EVIL = "=cmd()\u001b[31m'; DROP TABLE record;--";

  @TempDir private Path temporary;
  private Path directory;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void aLogOfSeveralFiles() throws IOException {
    directory = temporary.resolve("audit");
    append("alice", EVIL);
  }

  private void append(String... users) throws IOException {
    AuditOptions options = AuditOptions.builder().segmentBytes(16_384).build();
    try (Governor governor = Governor.builder().auditTo(directory).audit(options).build()) {
      governor.grants().grantTenantAccess("alice", "acme");
      Tool tool = Tool.of("crm", Json.of(Map.of("name", "find"))).build();
      governor.tools().register(tool, Sensitivity.STANDARD);
      for (int i = 0; i < 15; i++) {
        for (String user : users) {
          var _ =
              governor.call(
                  CallRequest.of(
                      "crm",
                      "find",
                      Json.of(Map.of("tenant_id", "acme")),
                      Principal.verified(user)),
                  call ->
                      CompletableFuture.completedFuture(
                          new ToolResult(Json.of(Map.of("to", "john@example.com")), false)));
        }
      }
    }
  }

  /** A process of its own, as people have it. */
  private static Run run(String input, Object... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main",
                "audit"));
    List.of(arguments).forEach(argument -> command.add(String.valueOf(argument)));
    Path out = Files.createTempFile("governor", ".out");
    Path err = Files.createTempFile("governor", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      return new Run(process.waitFor(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  @Test
  void recordsOfAUserAreFoundNewestFirstAsTheyStandInTheLog() throws Exception {
    Run found = run("", "search", directory, "--user", "alice", "--event", "outcome", "--json");

    assertThat(found.code()).as(found.err()).isZero();
    List<String> lines = found.out().lines().toList();
    assertThat(lines).hasSize(15).allMatch(line -> line.contains("\"user_id\":\"alice\""));
    assertThat(lines.stream().map(ReadingCommandsTest::seq))
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(Files.getPosixFilePermissions(directory.resolve(IndexFile.NAME)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(
            run("", "search", directory, "--policy", "rls", "--json", "--limit", 100).out().lines())
        .hasSize(15)
        .allMatch(line -> line.contains("DROP TABLE"));
    assertThat(run("", "search", directory, "--user", EVIL, "--json").out().lines()).hasSize(15);
    assertThat(run("", "search", directory, "--user", "nobody", "--json").out()).isEmpty();
  }

  private static long seq(String line) {
    return ((Number) Json.utf8(line.getBytes(StandardCharsets.UTF_8)).object().get("seq"))
        .longValue();
  }

  @Test
  void whatWasWrittenSinceIsFoundAndAForeignOrBrokenIndexIsMadeAnew() throws Exception {
    assertThat(run("", "search", directory, "--user", "bob", "--json").out()).isEmpty();
    append("bob");
    assertThat(run("", "search", directory, "--user", "bob", "--json").out().lines()).hasSize(15);

    Files.writeString(
        directory.resolve(IndexFile.NAME), "no database", StandardOpenOption.TRUNCATE_EXISTING);

    assertThat(run("", "search", directory, "--user", "bob", "--json").out().lines()).hasSize(15);
  }

  @Test
  void whoKnowsAValueFindsItsRecords() throws Exception {
    Run found = run("john@example.com\n", "search", directory, "--value", "--json", "--limit", 50);

    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.out().lines()).hasSize(15).allMatch(line -> line.contains("\"outcome\""));
    assertThat(run("jane@example.com\n", "search", directory, "--value", "--json").out()).isEmpty();
  }

  @Test
  void statisticsCountCallsAndDenials() throws Exception {
    Run stats = run("", "stats", directory);

    assertThat(stats.code()).as(stats.err()).isZero();
    assertThat(stats.out()).contains("30 calls, 15 denied").containsPattern("rls +15");
    assertThat(stats.out()).doesNotContain("\u001b");
    Map<String, Object> json =
        Json.utf8(run("", "stats", directory, "--json").out().getBytes(StandardCharsets.UTF_8))
            .object();
    assertThat(json.toString()).contains("rls");
  }

  @Test
  void tailShowsTheNewestLastAndNoControlCharacters() throws Exception {
    Run tail = run("", "tail", directory, "-n", 5);

    assertThat(tail.code()).as(tail.err()).isZero();
    assertThat(tail.out()).doesNotContain("\u001b").contains("checkpoint");
    assertThat(
            run("", "tail", directory, "-n", 3, "--json")
                .out()
                .lines()
                .map(ReadingCommandsTest::seq))
        .hasSize(3)
        .isSorted();
  }

  @Test
  void exportsAreSafeToOpenAndComplete() throws Exception {
    Path file = temporary.resolve("out.csv");
    Run csv = run("", "export", directory, "--as", "csv", "-o", file);
    assertThat(csv.code()).as(csv.err()).isZero();
    assertThat(Files.readString(file)).contains("\"'=cmd()").startsWith("timestamp,seq,event");

    List<String> ocsf = run("", "export", directory, "--as", "ocsf").out().lines().toList();
    assertThat(ocsf)
        .allSatisfy(
            line ->
                assertThat(Json.utf8(line.getBytes(StandardCharsets.UTF_8)).object())
                    .containsEntry("class_uid", 6003)
                    .containsEntry("category_uid", 6)
                    .containsKeys("time", "type_uid", "severity_id", "metadata", "actor", "api"));

    List<String> lines = run("", "export", directory, "--as", "jsonl").out().lines().toList();
    // One event a call: neither attempts, whose outcomes follow, nor what the log proves.
    assertThat(lines)
        .filteredOn(line -> !line.matches(".*\"event\":\"(attempt|checkpoint)\".*"))
        .hasSameSizeAs(ocsf);
    assertThat(lines.stream().map(ReadingCommandsTest::seq)).isSorted();
  }

  @Test
  void aLogThatIsNotThereIsSaid() throws Exception {
    for (String command : List.of("tail", "search", "stats")) {
      Run run = run("", command, temporary.resolve("nowhere"));
      assertThat(run.code()).as(command).isEqualTo(1);
      assertThat(run.err()).contains("nowhere");
    }
  }
}
