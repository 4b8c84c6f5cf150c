package io.mcpgovernor.config.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.RuleFacts;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The worked examples of the documentation decide as it says. */
final class RuleExamplesTest {
  private static final Instant TUESDAY_NOON = Instant.parse("2026-12-01T11:00:00Z");
  private static final Tool SEARCH = tool("{\"name\":\"search\"}");

  @Test
  void noBulkExport() {
    Rule rule = call("!has(args.limit) || args.limit > 1000", "export");

    assertThat(rule.when().holds(arguments("{\"limit\": 1001}"))).isTrue();
    assertThat(rule.when().holds(arguments("{}"))).isTrue();
    assertThat(rule.when().holds(arguments("{\"limit\": 1000}"))).isFalse();
    assertThatThrownBy(() -> rule.when().holds(arguments("{\"limit\": \"all\"}")))
        .hasMessageContaining("a value has a type that does not go with this");
  }

  @Test
  void workingHours() {
    Rule rule =
        call(
            """
            call.time.getHours("Europe/Vienna") < 8 ||
            call.time.getHours("Europe/Vienna") >= 18 ||
            call.time.getDayOfWeek("Europe/Vienna") in [0, 6]
            """);

    assertThat(rule.when().holds(at(TUESDAY_NOON))).isFalse();
    assertThat(rule.when().holds(at(Instant.parse("2026-12-01T06:59:00Z")))).isTrue();
    assertThat(rule.when().holds(at(Instant.parse("2026-12-01T17:00:00Z")))).isTrue();
    assertThat(rule.when().holds(at(Instant.parse("2026-12-05T11:00:00Z")))).isTrue();
    assertThat(rule.when().holds(at(Instant.parse("2026-12-06T11:00:00Z")))).isTrue();
  }

  @Test
  void destructiveToolsNeedARole() {
    Rule rule = call("\"destructive\" in tool.tags && !(\"operator\" in user.roles)");
    Tool delete =
        Tool.of("crm", Json.of(Map.of("name", "delete"))).tags(Set.of("destructive")).build();

    assertThat(rule.tools().test(delete)).isTrue();
    assertThat(rule.tools().test(SEARCH)).isFalse();
    assertThat(rule.when().holds(by(delete, Set.of("analyst")))).isTrue();
    assertThat(rule.when().holds(by(delete, Set.of("operator")))).isFalse();
  }

  @Test
  void readOnlyAgents() {
    Rule rule =
        call(
            """
            "reader" in user.roles &&
            !(has(tool.annotations.readOnlyHint) && tool.annotations.readOnlyHint == true)
            """);
    Tool reading = tool("{\"name\":\"read\",\"annotations\":{\"readOnlyHint\":true}}");

    assertThat(rule.when().holds(by(SEARCH, Set.of("reader")))).isTrue();
    assertThat(rule.when().holds(by(SEARCH, Set.of("analyst")))).isFalse();
    assertThat(rule.when().holds(by(reading, Set.of("reader")))).isFalse();
    assertThat(rule.tools().test(reading)).isFalse();
  }

  @Test
  void theTenantArgumentMustMatch() {
    Rule rule = call("has(args.tenant_id) && args.tenant_id != tenant");

    assertThat(rule.when().holds(arguments("{\"tenant_id\": \"globex\"}"))).isTrue();
    assertThat(rule.when().holds(arguments("{\"tenant_id\": \"acme\"}"))).isFalse();
    assertThat(rule.when().holds(arguments("{}"))).isFalse();
  }

  @Test
  void noPersonalDataInArguments() {
    Rule rule = call("size(args_pii) > 0");

    assertThat(rule.when().holds(facts(SEARCH, Set.of(), "{}", Map.of("email", 1), null))).isTrue();
    assertThat(rule.when().holds(arguments("{}"))).isFalse();
  }

  @Test
  void strictMaskingForATenant() {
    assertThat(call("tenant == \"acme\"").when().holds(arguments("{}"))).isTrue();
    assertThat(call("tenant == \"globex\"").when().holds(arguments("{}"))).isFalse();
  }

  @Test
  void toolsForAdministratorsAreHidden() {
    Rule rule =
        Rules.COMPILER.compile(
            Rules.text("hidden", "!(\"admin\" in user.roles)", new EffectText.Hide(), "*.admin_*"));

    assertThat(rule.tools().test(tool("{\"name\":\"admin_users\"}"))).isTrue();
    assertThat(rule.tools().test(SEARCH)).isFalse();
    assertThat(rule.when().holds(by(SEARCH, Set.of("reader")))).isTrue();
    assertThat(rule.when().holds(by(SEARCH, Set.of("admin")))).isFalse();
  }

  @Test
  void resultsOfAMegabyteAreForBulkToolsOnly() {
    Rule rule =
        Rules.COMPILER.compile(
            Rules.onResult("result.bytes > 1000000 && !(\"bulk\" in tool.tags)", Rules.DENY));

    assertThat(rule.when().holds(result(1_000_001))).isTrue();
    assertThat(rule.when().holds(result(1_000_000))).isFalse();
  }

  private static Rule call(String when, String... tools) {
    return Rules.COMPILER.compile(Rules.text("example", when, Rules.DENY, tools));
  }

  private static Tool tool(String definition) {
    return Tool.of("crm", Json.text(definition)).build();
  }

  private static RuleFacts arguments(String arguments) {
    return facts(SEARCH, Set.of(), arguments, Map.of(), null);
  }

  private static RuleFacts by(Tool tool, Set<String> roles) {
    return facts(tool, roles, "{}", Map.of(), null);
  }

  private static RuleFacts result(int bytes) {
    return facts(SEARCH, Set.of(), "{}", Map.of(), new RuleFacts.Result(bytes, Map.of(), false));
  }

  private static RuleFacts at(Instant time) {
    RuleFacts facts = arguments("{}");
    ToolCall call = facts.call();
    return new ExampleFacts(
        new ToolCall(
            call.id(), call.principal(), call.tenant(), call.tool(), call.arguments(), time),
        Map.of(),
        null);
  }

  private static RuleFacts facts(
      Tool tool,
      Set<String> roles,
      String arguments,
      Map<String, Integer> pii,
      RuleFacts.@Nullable Result result) {
    return new ExampleFacts(
        new ToolCall(
            "call-1",
            Principal.verified("alice").withRoles(roles),
            "acme",
            tool,
            Json.text(arguments),
            TUESDAY_NOON),
        pii,
        result);
  }

  private record ExampleFacts(
      ToolCall call, Map<String, Integer> argumentsPii, @Nullable Result result)
      implements RuleFacts {
    @Override
    public String protocol() {
      return "2026-07-28";
    }

    @Override
    public boolean readsPii() {
      return false;
    }

    @Override
    public Set<String> tenants() {
      return Set.of("acme");
    }

    @Override
    public Set<String> permissions() {
      return Set.of();
    }

    @Override
    public double score() {
      return 0;
    }

    @Override
    public long callsInWindow() {
      return 0;
    }

    @Override
    public long denialsInMinute() {
      return 0;
    }
  }
}
