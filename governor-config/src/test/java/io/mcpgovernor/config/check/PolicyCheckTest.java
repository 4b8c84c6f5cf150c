package io.mcpgovernor.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.Explanation.Check;
import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.Subject;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking a configuration, beside whatever else uses it. */
final class PolicyCheckTest {
  private static final String CONFIG =
      """
      servers:
        crm: { command: [java, -jar, crm.jar] }
      rules:
        - name: no-bulk-export
          tools: ["crm.export"]
          when: args.limit > 1000
          deny: { reason: "Exports are limited to 1,000 rows.", suggestions: ["Ask for fewer."] }
        - name: never-on-sunday
          when: call.time.getDayOfWeek("UTC") == 0
          deny: { reason: "It is Sunday.", suggestions: ["Wait until Monday."] }
      grants:
        users:
          alice: { tenants: [acme] }
          bob: { tenants: [acme], until: 2026-12-31 }
      audit: { dir: audit }
      """;
  private static final Instant MONDAY = Instant.parse("2026-11-30T09:00:00Z");
  private static final List<Tool> TOOLS =
      ToolList.of(
          Json.text(
              """
              {"crm": {"tools": [
                {"name": "export", "inputSchema": {"type": "object",
                  "properties": {"limit": {"type": "integer"}, "tenant_id": {"type": "string"}},
                  "required": ["limit"]}}]}}
              """),
          null);

  @TempDir private Path directory;

  private ConfigFile file(String text) throws IOException {
    return ConfigFile.read(Files.writeString(directory.resolve("governor.yaml"), text));
  }

  private static CallQuestion export(String user, String arguments, Instant at) {
    return new CallQuestion(
        user, null, Set.of(), Set.of(), Map.of(), "export", Json.text(arguments), at);
  }

  private List<Path> paths() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted().toList();
    }
  }

  @Test
  void aConfigurationIsAskedWhileItsGovernorRunsAndNothingIsWritten() throws IOException {
    ConfigFile file = file(CONFIG);
    try (Governor running = file.builder().build()) {
      List<Path> before = paths();
      List<Json> records = running.readLogs(100);
      try (PolicyCheck check = PolicyCheck.of(file, TOOLS)) {
        CallAnswer answer =
            check.explain(export("alice", "{\"limit\": 2000, \"tenant_id\": \"acme\"}", MONDAY));

        assertThat(answer.code()).isEqualTo("rule:no-bulk-export");
        assertThat(answer.reason()).isEqualTo("Exports are limited to 1,000 rows.");
        assertThat(answer.suggestions()).containsExactly("Ask for fewer.");
        assertThat(answer.matched()).containsExactly("no-bulk-export");
        assertThat(answer.explanation().checks())
            .filteredOn(it -> it.verdict() == Verdict.DENIED)
            .extracting(Check::origin)
            .containsExactly("governor.yaml:4:5");
        assertThat(answer.explanation().checks())
            .filteredOn(it -> it.name().equals("rls") || it.name().equals("rate_limit"))
            .extracting(Check::origin)
            .containsExactly("", "governor.yaml:11:1"); // no limits are written
      }
      assertThat(paths()).isEqualTo(before);
      assertThat(running.readLogs(100)).hasSameSizeAs(records);
    }
  }

  @Test
  void theTimeOfTheQuestionDecides() throws IOException {
    try (PolicyCheck check = PolicyCheck.of(file(CONFIG), TOOLS)) {
      String acme = "{\"limit\": 1, \"tenant_id\": \"acme\"}";

      assertThat(check.explain(export("bob", acme, MONDAY)).isAllowed()).isTrue();
      assertThat(check.explain(export("bob", acme, MONDAY.minusSeconds(86_400))).code())
          .isEqualTo("rule:never-on-sunday");
      assertThat(check.explain(export("bob", acme, Instant.parse("2027-01-04T09:00:00Z"))).code())
          .isEqualTo("rls");
      assertThat(check.explain(export("bob", acme, MONDAY)).isAllowed()).isTrue();
    }
  }

  @Test
  void argumentsHaveToFitTheInputSchema() throws IOException {
    try (PolicyCheck check = PolicyCheck.of(file(CONFIG), TOOLS)) {
      CallAnswer answer = check.explain(export("alice", "{\"limit\": \"all\"}", MONDAY));

      assertThat(answer.code()).isEqualTo("schema");
      assertThat(answer.reason()).contains("/limit must be of type integer");
      assertThat(check.explain(export("alice", "{\"limit\": 1}", MONDAY)).notes()).isEmpty();
    }
  }

  @Test
  void aStoreOfGrantsIsReadAndNothingInItChanges() throws IOException {
    Path store = directory.resolve("grants.db");
    try (SqlGrantStore grants = SqlGrantStore.open(store)) {
      grants.make(GrantChange.put(grant("carol", "acme")));
      grants.propose(GrantChange.put(grant("dave", "acme")));
    }
    ConfigFile file = file(CONFIG.replace("grants:\n", "grants:\n  store: grants.db\n"));
    try (PolicyCheck check = PolicyCheck.of(file, TOOLS)) {
      String acme = "{\"limit\": 1, \"tenant_id\": \"acme\"}";

      assertThat(check.explain(export("carol", acme, MONDAY)).isAllowed()).isTrue();
      // What is not on record yet gives nobody anything.
      assertThat(check.explain(export("dave", acme, MONDAY)).code()).isEqualTo("rls");
      assertThat(check.explain(export("alice", acme, MONDAY)).isAllowed()).isTrue();
    }
    try (SqlGrantStore grants = SqlGrantStore.open(store)) {
      assertThat(grants.load().pending()).hasSize(1);
      assertThat(grants.load().grants()).hasSize(1);
    }
  }

  private static Grant grant(String user, String tenant) {
    return new Grant(
        Subject.user("local", user), What.TENANT, tenant, Effect.GRANT, null, "", "test", MONDAY);
  }

  @Test
  void aStoreThatIsNotThereYetIsNotMade() throws IOException {
    ConfigFile file = file(CONFIG.replace("grants:\n", "grants:\n  store: grants.db\n"));
    try (PolicyCheck check = PolicyCheck.of(file, TOOLS)) {
      assertThat(check.explain(export("zoe", "{\"limit\": 1}", MONDAY)).isAllowed()).isFalse();
    }
    assertThat(directory.resolve("grants.db")).doesNotExist();
  }

  @Test
  void aGovernorThatIsOnlyAskedTakesNoRecordOfACall() {
    ToolCall call =
        new ToolCall(
            "id", Principal.verified("alice"), null, TOOLS.get(0), Json.EMPTY_OBJECT, MONDAY);
    AuditRecord attempt =
        AuditRecord.of(AuditRecord.Event.ATTEMPT, AuditRecord.Status.PENDING, call, MONDAY).build();

    assertThat(new UnkeptLog().append(attempt).toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void whereTheToolsAreUnknownThatIsSaid() throws IOException {
    try (PolicyCheck check = PolicyCheck.of(file(CONFIG), List.of())) {
      CallAnswer answer = check.explain(export("alice", "{\"limit\": 1}", MONDAY));

      assertThat(answer.isAllowed()).isTrue();
      assertThat(answer.notes()).singleElement().asString().contains("--tools");
    }
    String annotated = CONFIG.replace("args.limit > 1000", "tool.title == \"Export\"");
    try (PolicyCheck check = PolicyCheck.of(file(annotated), List.of())) {
      assertThatThrownBy(() -> check.explain(export("alice", "{}", MONDAY)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--tools");
    }
  }

  @Test
  void aToolOfSeveralServersNeedsItsServer() {
    List<Tool> tools =
        List.of(Tool.named("crm", "export").build(), Tool.named("erp", "export").build());

    assertThat(ToolName.of("erp.export", tools, List.of()))
        .isEqualTo(new ToolName("erp", "export"));
    assertThat(ToolName.of("report.run", List.of(), List.of("crm")))
        .isEqualTo(new ToolName("crm", "report.run"));
    assertThatThrownBy(() -> ToolName.of("export", tools, List.of()))
        .hasMessageContaining("crm, erp");
  }

  @Test
  void listsOfToolsThatAreNoneSayWhatIsWrong() {
    assertThatThrownBy(() -> ToolList.of(Json.text("{\"tools\": []}"), null))
        .hasMessageContaining("--server");
    assertThatThrownBy(() -> ToolList.of(Json.text("{\"crm\": []}"), null))
        .hasMessageContaining("under 'crm'");
    assertThatThrownBy(() -> ToolList.of(Json.text("{\"tools\": [{}]}"), "crm"))
        .hasMessageContaining("no name");
    assertThatThrownBy(
            () -> ToolList.of(Json.text("{\"tools\": [{\"name\":\"a\"},{\"name\":\"a\"}]}"), "crm"))
        .hasMessageContaining("has two tools named 'a'");
    String schema =
        "{\"tools\": [{\"name\":\"a\",\"inputSchema\":{\"$ref\":\"http://x.example/y\"}}]}";
    assertThatThrownBy(() -> ToolList.of(Json.text(schema), "crm"))
        .hasMessageContaining("the input schema of a cannot be used");
    assertThatThrownBy(() -> ToolList.of(Json.text("["), "crm"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ToolList.read(directory.resolve("none.json"), "crm"))
        .hasMessageContaining("there is no such file of tools");
  }
}
