package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.ALICE;
import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpgovernor.Explanation.Check;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Effect;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a call would be denied. */
final class ExplanationTest {
  private static final Rule NEVER =
      new Rule(
          "never",
          "rules.yaml:7:3",
          Moment.CALL,
          Mode.ENFORCE,
          any -> true,
          facts -> true,
          new Effect.Refuse(
              facts -> "Never " + facts.call().arguments().object().get("mail") + ".",
              List.of("Give up.")));

  @TempDir private Path temporary;

  private Explanation explain(Governor governor, CallRequest request) {
    return governor.explain(request).toCompletableFuture().join();
  }

  @Test
  void everyCheckBehindTheFirstDenialIsAskedAsWell() {
    GovernorBuilder settings =
        Governor.builder()
            .complexityBelow(15)
            .origin("complexity", "governor.yaml:4:11")
            .rules(List.of(NEVER))
            .auditTo(temporary);
    try (Governor governor = settings.build()) {
      CustomerTool.allowAlice(governor);
      Explanation explanation =
          explain(governor, call(Map.of("tenant_id", "other", "mail", "a@example.com")));

      assertThat(explanation.result().failedPolicy()).isEqualTo("rls");
      assertThat(explanation.checks())
          .filteredOn(check -> check.verdict() == Verdict.DENIED)
          .extracting(Check::name, Check::origin)
          .containsExactly(
              tuple("rls", ""),
              tuple("complexity", "governor.yaml:4:11"),
              tuple("rule:never", "rules.yaml:7:3"));
      assertThat(explanation.arguments().tree().toString())
          .contains("***@***.com")
          .doesNotContain("a@example.com");
      assertThat(explanation.checks())
          .filteredOn(check -> check.name().equals("complexity"))
          .singleElement()
          .satisfies(
              check ->
                  assertThat(check.facts().object())
                      .containsKeys("complexity_score", "complexity"));
    }
  }

  @Test
  void explainingChargesAndRecordsNothing() {
    try (Governor governor =
        Governor.builder().callsPerHour(1).denialsPerMinute(1).auditTo(temporary).build()) {
      CustomerTool.allowAlice(governor);
      int records = governor.readLogs(100).size();
      for (int i = 0; i < 5; i++) {
        assertThat(explain(governor, call()).result().isAllowed()).isTrue();
        assertThat(explain(governor, call(Map.of("tenant_id", "other"))).result().isAllowed())
            .isFalse();
      }
      assertThat(governor.readLogs(100)).hasSize(records);
      assertThat(governor.call(call(), new CustomerTool().handler()))
          .isInstanceOf(CallOutcome.Released.class);
    }
  }

  @Test
  void whatAReasonQuotesIsMasked() {
    try (Governor governor = Governor.builder().rules(List.of(NEVER)).auditTo(temporary).build()) {
      CustomerTool.allowAlice(governor);
      Explanation explanation =
          explain(governor, call(Map.of("tenant_id", "acme", "mail", "a@example.com")));
      assertThat(explanation.result().reason()).isEqualTo("Never ***@***.com.");
      assertThat(explanation.toString()).doesNotContain("a@example.com");
    }
  }

  @Test
  void aToolNobodyKnowsIsAllThereIsToSay() {
    try (Governor governor = Governor.builder().auditTo(temporary).build()) {
      Explanation explanation =
          explain(governor, CallRequest.of("crm", "missing", Json.EMPTY_OBJECT, ALICE));
      assertThat(explanation.result().failedPolicy()).isEqualTo(DenialCode.UNKNOWN_TOOL.name());
      assertThat(explanation.checks()).extracting(Check::name).endsWith("unknown_tool");
    }
  }
}
