package io.mcpgovernor.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code governor replay} over logs that a governor has written. */
final class ReplayCommandTest {
  private static final Map<String, Object> EXPORT =
      Map.of("name", "export", "title", "Exports rows");
  private static final int CALLS = 5;

  private static final String EXPORTS_ARE_SMALL =
      """
      rules:
        - name: small-exports
          when: tool.name == "export" && args.limit > 100
          deny: {reason: "Exports are limited to 100 rows.", suggestions: ["Ask for less."]}
      """;

  @TempDir private Path temporary;
  private Path log;

  private record Ran(int code, String out, String err) {
    Map<String, @Nullable Object> json() {
      return Json.text(out).object();
    }
  }

  @BeforeEach
  void aLog() {
    log = write("audit", "alice", "bob");
  }

  /** Each user exports 5 times, with limits of 50, 100, ... 250, and is denied once. */
  private Path write(String name, String... users) {
    Path directory = temporary.resolve(name);
    AuditOptions options = AuditOptions.builder().segmentBytes(16_384).compress(false).build();
    try (Governor governor = Governor.builder().auditTo(directory).audit(options).build()) {
      governor.tools().register(Tool.of("crm", Json.of(EXPORT)).build(), Sensitivity.STANDARD);
      for (String user : users) {
        governor.grants().grantTenantAccess(user, "acme");
      }
      for (int i = 1; i <= CALLS; i++) {
        for (String user : users) {
          call(governor, user, "acme", 50 * i);
        }
      }
      for (String user : users) {
        call(governor, user, "globex", 1);
      }
    }
    return directory;
  }

  private static void call(Governor governor, String user, String tenant, int limit) {
    var _ =
        governor.call(
            CallRequest.of(
                "crm",
                "export",
                Json.of(
                    Map.of("tenant_id", tenant, "limit", limit, "mail", "john.doe@example.com")),
                Principal.verified(user)),
            call ->
                CompletableFuture.completedFuture(
                    new ToolResult(Json.of(Map.of("ssn", "123-45-6789")), false)));
  }

  private Path policy(String yaml) throws IOException {
    return Files.writeString(temporary.resolve("new.yaml"), yaml);
  }

  private static Ran run(Object... words) {
    ReplayCommand command = new ReplayCommand();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    command.writeTo(out::writeBytes);
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(command)
            .setErr(new PrintWriter(err))
            .execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
    return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  /** As it is started by people. */
  private Ran process(Object... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main",
                "replay"));
    Stream.of(words).map(Object::toString).forEach(command::add);
    Path out = temporary.resolve("out.txt");
    Path err = temporary.resolve("err.txt");
    int code =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Ran(code, Files.readString(out), Files.readString(err));
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(file -> file.toString().contains(".jsonl")).sorted().toList();
    }
  }

  @Test
  void theSamePolicyFlipsNothing() throws IOException {
    Ran ran = run("--policy", policy("limits: {}"), log, "--json", "--fail-on-flip");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.json())
        .containsEntry("calls", 12)
        .containsEntry("replayed", 12)
        .containsEntry("allowed_to_denied", 0)
        .containsEntry("denied_to_allowed", 0)
        .containsEntry("cannot_be_replayed", 0);
  }

  @Test
  void aRuleIsToldWithWhatItFlipsByRuleToolAndUser() throws Exception {
    Path policy = policy(EXPORTS_ARE_SMALL + "disable: {rls: \"one tenant only\"}\n");
    Ran ran = process("--policy", policy, log, "--fail-on-flip");

    assertThat(ran.code()).as(ran.err()).isEqualTo(3);
    assertThat(ran.out())
        .contains("12 calls from ", " 6 flip from allowed to denied")
        .containsPattern("rule:small-exports +6 +0\n")
        .containsPattern("crm/export +6 +\\d\n")
        .containsPattern("alice +3 +\\d\n")
        .containsPattern(
            "\\S+Z +\\d+ +alice +crm/export +allowed +rule:small-exports"
                + " +Exports are limited to 100 rows.\n")
        .doesNotContain("\u001b");
    assertThat(ran.out().lines().filter(line -> line.contains(" allowed  rule:small"))).hasSize(3);
    assertThat(process("--policy", policy, log).code()).isZero();
  }

  @Test
  void aCheckThatIsLeftOutLetsThroughWhatItDenied() throws IOException {
    Ran ran = run("--policy", policy("shadow: [rls]"), log, "--json");

    assertThat(ran.json().get("reasons").toString() + ran.json())
        .contains("denied_to_allowed")
        .doesNotContain("name=rls, allowed_to_denied=1");
    assertThat((Integer) ran.json().get("denied_to_allowed"))
        .as("what was not asked any more cannot be known")
        .isEqualTo(2 - (Integer) ran.json().get("cannot_be_replayed"));
  }

  @Test
  void limitsCountCallsThatAreNotToldOf() throws IOException {
    Path policy = policy("limits: {rate: 2/1h, by: [tenant]}");

    assertThat(run("--policy", policy, log, "--json").json())
        .containsEntry("calls", 12)
        .containsEntry("allowed_to_denied", 8);
    assertThat(run("--policy", policy, log, "--user", "bob", "--json").json())
        .containsEntry("calls", 6)
        .containsEntry("allowed_to_denied", 4);
    assertThat(run("--policy", policy, log, "--since", "2999-01-01").out()).isEqualTo("no calls\n");
  }

  @Test
  void complexityIsTheRecordedOne() throws IOException {
    Ran ran = run("--policy", policy("limits: {complexity: 20}"), log, "--json");

    assertThat(ran.json()).containsEntry("allowed_to_denied", 10);
    assertThat(ran.json().get("by_code").toString()).contains("complexity");
  }

  @Test
  void aRuleAboutAMaskedArgumentIsNotGuessedAt() throws IOException {
    Ran ran =
        run(
            "--policy",
            policy(
                """
                rules:
                  - name: nobody
                    when: args.mail == "nobody@example.com"
                    deny: {reason: "No.", suggestions: ["Stop."]}
                """),
            log,
            "--json");

    assertThat(ran.json())
        .containsEntry("allowed_to_denied", 0)
        .containsEntry("cannot_be_replayed", 10)
        .containsEntry("replayed", 2)
        .containsEntry("reasons", Map.of("args.mail is masked on record", 10));
  }

  @Test
  void aRuleAboutResultsSeesWhatWasMasked() throws IOException {
    Ran ran =
        run(
            "--policy",
            policy(
                """
                rules:
                  - name: no-ssn
                    on: result
                    when: result.masked.ssn > 0
                    deny: {reason: "No.", suggestions: ["Stop."]}
                """),
            log,
            "--json");

    assertThat(ran.json())
        .containsEntry("calls", 12)
        .containsEntry("results", 10)
        .containsEntry("allowed_to_denied", 10);
  }

  @Test
  void definitionsOfToolsAreTakenFromAFile() throws IOException {
    Path policy =
        policy(
            """
            rules:
              - name: titled
                when: tool.title == "Exports rows"
                deny: {reason: "No.", suggestions: ["Stop."]}
            """);
    Path tools = temporary.resolve("tools.json");
    Files.write(tools, Json.of(Map.of("result", Map.of("tools", List.of(EXPORT)))).utf8());

    assertThat(run("--policy", policy, log, "--json").json())
        .containsEntry("cannot_be_replayed", 10);
    assertThat(run("--policy", policy, "--tools", tools, log, "--json").json())
        .containsEntry("allowed_to_denied", 10);
    Files.writeString(tools, "{}");
    Ran none = run("--policy", policy, "--tools", tools, log);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no result of tools/list in " + tools);
  }

  @Test
  void severalLogsAreReplayedTogetherByTime() throws IOException {
    Path other = write("other", "alice");
    Ran ran = run("--policy", policy("limits: {rate: 5/1h}"), other, log, "--json");

    assertThat(ran.json()).containsEntry("calls", 18).containsEntry("allowed_to_denied", 5);
    assertThat(ran.json().get("by_user").toString()).contains("alice").doesNotContain("bob");
    assertThat(ran.json().get("examples").toString())
        .as("the later log is the one that is too much")
        .contains("rate_limit");
  }

  @Test
  void compressedSegmentsAreReadAndBrokenLinesAreTold() throws IOException {
    Path segment = segments().getFirst();
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(segment + ".gz")))) {
      Files.copy(segment, out);
    }
    Files.delete(segment);
    Path last = segments().getLast();
    Files.writeString(last, "{\"timestamp\":\"2026-\n", StandardOpenOption.APPEND);
    Ran ran = run("--policy", policy(EXPORTS_ARE_SMALL), log, "--json");

    assertThat(ran.code()).isZero();
    assertThat(ran.json()).containsEntry("calls", 12).containsEntry("allowed_to_denied", 6);
    assertThat(ran.err()).contains("skipped in " + last + ": 1 line");
  }

  @Test
  void whatIsOnlyCountedAndWhatLacksSomethingCannotBeReplayed() throws IOException {
    Path last = segments().getLast();
    String start =
        "{\"timestamp\":\"2999-11-28T09:00:00Z\",\"user_id\":\"eve\",\"event\":\"denied\"";
    String who = ",\"server\":\"crm\",\"tool_name\":\"export\",\"principal_issuer\":\"local\"";
    Files.writeString(
        last,
        start + who + ",\"code\":\"rls\",\"count\":40}\n" + start + ",\"call_id\":\"c\"}\n",
        StandardOpenOption.APPEND);
    Ran ran = run("--policy", policy("limits: {}"), log, "--json", "--user", "eve");

    assertThat(ran.json())
        .containsEntry("calls", 41)
        .containsEntry(
            "reasons",
            Map.of(
                "a denial that is only counted on record",
                40,
                "a record that lacks what every call has",
                1));
  }

  @Test
  void namesFromTheLogCannotReachTheTerminal() throws IOException {
    Path evil = write("evil", "\u001b[2Jeve");
    Ran ran = run("--policy", policy(EXPORTS_ARE_SMALL), evil);

    assertThat(ran.out()).contains("\\u001b[2Jeve").doesNotContain("\u001b");
  }

  @Test
  void aBadConfigurationIsFourAndALogThatIsNotThereIsOne() throws Exception {
    Ran bad = process("--policy", policy("limts: {}"), log);
    assertThat(bad.code()).isEqualTo(4);
    assertThat(bad.err()).contains("new.yaml:1:1 limts");
    assertThat(bad.out()).isEmpty();
    assertThat(process("--policy", policy("limits: {}"), temporary.resolve("none")).code())
        .isEqualTo(1);
    assertThat(process(log).code()).isEqualTo(2);
  }
}
