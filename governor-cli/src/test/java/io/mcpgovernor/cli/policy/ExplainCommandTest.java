package io.mcpgovernor.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.config.check.ToolList;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.DenialCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor explain} and {@code can-i}: every denial is answered with its reason. */
final class ExplainCommandTest {
  private static final String CONFIG =
      """
      servers:
        crm: { command: [java, -jar, crm.jar] }
      limits:
        rate: 2/1h
        concurrency: 1
        arguments: { bytes: 1KiB }
      tools:
        heavy: { complexity: 1 }
        people: { requires_pii: true }
      rules:
        - name: no-bulk-export
          tools: [export]
          when: args.limit > 1000
          deny:
            reason: "Exports are limited to 1,000 rows; you asked for {args.limit}."
            suggestions: ["Ask for fewer."]
        - name: watched
          mode: shadow
          deny: { reason: "Only watched.", suggestions: ["Nothing."] }
        - name: no-admin-tools
          tools: ["admin_*"]
          when: '!("admin" in user.roles)'
          hide: {}
        - name: contractors
          tools: [note]
          when: has(user.claims.contract) && user.claims.contract == "external"
          deny: { reason: "Not for contractors.", suggestions: ["Ask an employee."] }
      grants:
        users:
          alice: { tenants: [acme] }
      audit: { dir: audit }
      """;
  private static final String TOOLS =
      """
      {"crm": {"tools": [
        {"name": "export", "inputSchema": {"type": "object",
          "properties": {"limit": {"type": "integer"}, "tenant_id": {"type": "string"}}}},
        {"name": "people"}, {"name": "heavy"}, {"name": "note"}, {"name": "admin_reset"}]}}
      """;

  /** What only a running governor answers: it depends on other calls, or on code of the host. */
  private static final Set<DenialCode> RUNNING =
      Set.of(DenialCode.RATE_LIMIT, DenialCode.CONCURRENCY, DenialCode.POLICY_ERROR);

  /** What no validation answers, as it happens later or elsewhere. */
  private static final Set<DenialCode> LATER =
      Set.of(
          DenialCode.QUARANTINED,
          DenialCode.AUDIT_UNAVAILABLE,
          DenialCode.TIMEOUT,
          DenialCode.UPSTREAM,
          DenialCode.TOOL_ERROR,
          DenialCode.MASKING_FAILED,
          DenialCode.RESULT_TOO_LARGE);

  @TempDir private Path directory;
  private Path config = Path.of("");
  private Path tools = Path.of("");

  @BeforeEach
  void files() throws IOException {
    config = Files.writeString(directory.resolve("governor.yaml"), CONFIG);
    tools = Files.writeString(directory.resolve("tools.json"), TOOLS);
  }

  private Ran explain(Object... words) {
    return Ran.here(new ExplainCommand(), withFiles(words));
  }

  private Ran canI(Object... words) {
    return Ran.here(new CanICommand(), withFiles(words));
  }

  private Object[] withFiles(Object... words) {
    return Stream.concat(Stream.of("--config", config, "--tools", tools), Stream.of(words))
        .toArray();
  }

  @Test
  void everyDenialThatAConfigurationCanTellIsExplained() {
    Map<String, List<String>> calls =
        Map.of(
            "identity", List.of("--tool", "note"),
            "too_large", List.of("--user", "alice", "--tool", "note", "--args", large()),
            "unknown_tool", List.of("--user", "alice", "--tool", "crm.nothing"),
            "schema", List.of("--user", "alice", "--tool", "export", "--args", "{\"limit\":\"x\"}"),
            "rls",
                List.of("--user", "bob", "--tool", "export", "--args", "{\"tenant_id\":\"acme\"}"),
            "pii_access", List.of("--user", "alice", "--tool", "people"),
            "complexity", List.of("--user", "alice", "--tool", "heavy"),
            "masked_value",
                List.of("--user", "alice", "--tool", "note", "--args", "{\"ssn\":\"***-**-6789\"}"),
            "rule:no-bulk-export",
                List.of("--user", "alice", "--tool", "crm.export", "--args", "{\"limit\":2000}"));
    calls.forEach(
        (code, words) -> {
          Ran explained = explain(words.toArray());
          assertThat(explained.code()).as(explained.err()).isEqualTo(3);
          assertThat(explained.out()).contains("denied: " + code + "\n  ").contains("\n  - ");
          Ran asked = canI(words.toArray());
          assertThat(asked.code()).isEqualTo(3);
          assertThat(asked.out()).startsWith("no: " + code + " ");
        });
    Set<String> explained = new HashSet<>(calls.keySet());
    RUNNING.forEach(code -> explained.add(code.name()));
    LATER.forEach(code -> explained.add(code.name()));
    assertThat(explained).containsAll(DenialCode.all().stream().map(DenialCode::name).toList());
  }

  private static String large() {
    return "{\"text\":\"" + "x".repeat(1_100) + "\"}";
  }

  @Test
  void whatOnlyARunningGovernorDeniesIsExplainedFromItsRecord() throws IOException {
    Map<String, String> ids = denialsOfARunningGovernor();

    assertThat(ids.keySet())
        .containsExactlyInAnyOrderElementsOf(RUNNING.stream().map(DenialCode::name).toList());
    ids.forEach(
        (code, id) -> {
          Ran ran = Ran.here(new ExplainCommand(), "--call", id, "--config", config);
          assertThat(ran.code()).as(ran.err()).isEqualTo(3);
          assertThat(ran.out())
              .contains("denied: " + code + "\n  ")
              .contains("\n  - ")
              .containsPattern("identity +allowed")
              .containsPattern("(" + code + "|rule:broken) +denied")
              .contains(", the same as that of " + config);
        });
  }

  /** Which call was denied with which code. */
  private Map<String, String> denialsOfARunningGovernor() throws IOException {
    Map<String, String> ids = new TreeMap<>();
    ConfigFile file = ConfigFile.read(config);
    GovernorBuilder builder =
        file.builder()
            .rule(
                "broken",
                call ->
                    call.tool().name().equals("people")
                        ? CompletableFuture.failedFuture(new IllegalStateException("broken"))
                        : CompletableFuture.completedFuture(Decision.allow()));
    try (Governor governor = builder.build()) {
      ToolList.read(tools, null)
          .forEach(tool -> governor.tools().register(tool, Sensitivity.STANDARD));
      CompletableFuture<ToolResult> held = new CompletableFuture<>();
      governor.grants().grantPiiPermission("alice");
      CompletionStage<CallOutcome> running = governor.govern(note(), call -> held);
      deny(governor, note(), ids);
      held.complete(new ToolResult(Json.EMPTY_OBJECT, false));
      running.toCompletableFuture().join();
      deny(governor, call("people"), ids);
      governor.call(note(), call -> held);
      deny(governor, note(), ids);
    }
    return ids;
  }

  private static void deny(Governor governor, CallRequest request, Map<String, String> ids) {
    CallOutcome.Refused refused =
        (CallOutcome.Refused)
            governor.call(request, call -> CompletableFuture.failedFuture(new AssertionError()));
    ids.put(refused.denial().code().name(), refused.denial().id());
  }

  private static CallRequest note() {
    return call("note");
  }

  private static CallRequest call(String tool) {
    return CallRequest.of("crm", tool, Json.EMPTY_OBJECT, Principal.verified("alice"));
  }

  @Test
  void aRecordedCallThatWasAllowedSaysWhatBecameOfIt() throws IOException {
    String released;
    String failed;
    try (Governor governor = ConfigFile.read(config).builder().build()) {
      ToolList.read(tools, null)
          .forEach(tool -> governor.tools().register(tool, Sensitivity.STANDARD));
      released =
          governor
              .call(
                  note(),
                  call ->
                      CompletableFuture.completedFuture(new ToolResult(Json.EMPTY_OBJECT, false)))
              .id();
      failed =
          governor
              .call(note(), call -> CompletableFuture.failedFuture(new IllegalStateException()))
              .id();
    }

    Ran ran = Ran.here(new ExplainCommand(), "--call", released, "--config", config);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("alice called crm.note for the tenant acme at ")
        .endsWith("\nallowed\n");
    Ran later = Ran.here(new ExplainCommand(), "--call", failed, "--config", config);
    assertThat(later.code()).isZero();
    assertThat(later.out()).contains("allowed, and failed later: tool_error\n  ");
  }

  @Test
  void aConfigurationThatIsAnotherOneByNowIsSaidToBe() throws IOException {
    String id = denialsOfARunningGovernor().get("concurrency");
    Files.writeString(config, CONFIG.replace("concurrency: 1", "concurrency: 2"));

    Ran ran = Ran.here(new ExplainCommand(), "--call", id, "--config", config);
    assertThat(ran.out()).contains("is another one: " + ConfigFile.read(config).policyVersion());
    Ran json =
        Ran.here(
            new ExplainCommand(),
            "--call",
            id,
            "--log",
            directory.resolve("audit"),
            "--config",
            config,
            "--json");
    assertThat(Json.text(json.out()).object())
        .containsEntry("is_same_policy", false)
        .containsEntry("code", "concurrency")
        .containsEntry("is_allowed", false);
    Ran unknown =
        Ran.here(new ExplainCommand(), "--call", "nothing", "--log", directory.resolve("audit"));
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no call nothing is on record in ");
  }

  @Test
  void everyCheckIsShownWithItsPlaceAndAfterThemTheDecision() {
    Ran ran =
        explain(
            "--user",
            "alice",
            "--tool",
            "export",
            "--args",
            "{\"limit\":2000,\"mail\":\"jo@example.com\"}");

    assertThat(ran.out())
        .startsWith("alice calls crm.export for the tenant acme with {")
        .contains("rate windows are empty")
        .containsPattern("rate_limit +allowed +[0-9.]+  governor.yaml:4:3")
        .containsPattern("rule:no-bulk-export +denied +[0-9.]+  governor.yaml:11:5")
        .containsPattern("rule:watched +shadow ")
        .contains("    Only watched.")
        .endsWith(
            """
            denied: rule:no-bulk-export
              Exports are limited to 1,000 rows; you asked for 2000.
              - Ask for fewer.
            """)
        .doesNotContain("jo@example.com");
    Json json =
        Json.text(
            explain("--user", "alice", "--tool", "export", "--args", "{\"limit\":2000}", "--json")
                .out());
    assertThat(json.object())
        .containsEntry("is_allowed", false)
        .containsEntry("code", "rule:no-bulk-export");
    List<Object> checks = new ArrayList<>((List<?>) json.object().get("checks"));
    assertThat(checks).hasSize(13);
  }

  @Test
  void aToolThatARuleHidesSaysWhichRule() {
    Ran hidden = explain("--user", "alice", "--tool", "admin_reset");

    assertThat(hidden.out())
        .contains("denied: unknown_tool")
        .contains("{\"hidden_by\":\"rule:no-admin-tools\"}");
    assertThat(canI("--user", "alice", "--tool", "admin_reset", "--role", "admin").out())
        .isEqualTo("yes\n");
  }

  @Test
  void theProgramReadsArgumentsFromFilesAndFromItsInput() throws Exception {
    Path arguments = Files.writeString(directory.resolve("q.json"), "{\"limit\":5}");
    Object[] words = {
      "can-i", "--config", config, "--tools", tools, "--user", "alice", "--tool", "export", "--args"
    };

    Ran file =
        Ran.process("", Stream.concat(Stream.of(words), Stream.of("@" + arguments)).toArray());
    assertThat(file.out()).endsWith("yes\n");
    assertThat(file.code()).isZero();
    Ran input =
        Ran.process("{\"limit\":2000}", Stream.concat(Stream.of(words), Stream.of("-")).toArray());
    assertThat(input.out()).contains("no: rule:no-bulk-export ");
    assertThat(input.code()).isEqualTo(3);
  }

  @Test
  void claimsOfTheTokenCount() throws IOException {
    Path claims = Files.writeString(directory.resolve("c.json"), "{\"contract\":\"external\"}");

    assertThat(canI("--user", "alice", "--tool", "note", "--claims", "@" + claims).out())
        .isEqualTo("no: rule:contractors Not for contractors.\n");
    assertThat(canI("--user", "alice", "--tool", "note", "--claims", "{}").out())
        .isEqualTo("yes\n");
  }

  @Test
  void whatIsAllowedEndsWithZero() throws IOException {
    Path arguments = Files.writeString(directory.resolve("q.json"), "{\"limit\":5}");

    Ran ran = canI("--user", "alice", "--tool", "export", "--args", "@" + arguments);
    assertThat(ran.out()).isEqualTo("yes\n");
    assertThat(ran.code()).isZero();
    Ran explained = explain("--user", "alice", "--tool", "export", "--args", "@" + arguments);
    assertThat(explained.code()).isZero();
    assertThat(explained.out()).endsWith("allowed\n");
    // A tenant is reached by what a token brings as well.
    Object[] globex = {
      "--user",
      "bob",
      "--tool",
      "export",
      "--args",
      "{\"limit\":1,\"tenant_id\":\"globex\"}",
      "--tenant",
      "globex"
    };
    assertThat(canI(globex).out()).isEqualTo("yes\n");
  }

  @Test
  void wrongUsageAndBadConfigurationHaveCodesOfTheirOwn() throws IOException {
    assertThat(explain("--user", "alice").err()).contains("--tool says which tool is called");
    assertThat(explain("--user", "alice").code()).isEqualTo(2);
    assertThat(canI("--user", "a", "--tool", "note", "--args", "[1]").code()).isEqualTo(2);
    assertThat(canI("--user", "a", "--tool", "note", "--args", "@none.json").err())
        .contains("--args @none.json cannot be read");
    assertThat(explain("--tool", "note", "--call", "x").code()).isEqualTo(2);
    Files.writeString(config, "limits: { rates: 1/1h }");
    Ran bad = canI("--user", "a", "--tool", "note");
    assertThat(bad.code()).isEqualTo(4);
    assertThat(bad.err()).contains("governor.yaml:1:11 limits.rates");
    Ran missing =
        Ran.here(new CanICommand(), "--config", directory.resolve("none.yaml"), "--tool", "x");
    assertThat(missing.code()).isEqualTo(4);
  }
}
