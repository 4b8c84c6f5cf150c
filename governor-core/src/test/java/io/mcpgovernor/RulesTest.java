package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.ALICE;
import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ManualTime;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Condition;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Effect;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import io.mcpgovernor.policy.RuleFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules of an operator do to calls. */
final class RulesTest {
  private static final Effect REFUSE =
      new Effect.Refuse(
          facts -> "At most " + facts.call().arguments().object().get("limit") + " is asked.",
          List.of("Ask for less."));

  @TempDir private Path temporary;

  private final ManualTime time = new ManualTime();
  private final CustomerTool tool = new CustomerTool();

  private Governor open(Rule... rules) {
    Governor governor =
        Governor.builder()
            .rules(List.of(rules))
            .timeSource(time)
            .auditTo(temporary.resolve("audit"))
            .build();
    CustomerTool.allowAlice(governor);
    return governor;
  }

  private static Rule rule(String name, Condition when, Effect effect) {
    return rule(name, Moment.CALL, Mode.ENFORCE, when, effect);
  }

  private static Rule rule(String name, Moment moment, Mode mode, Condition when, Effect effect) {
    return new Rule(name, "rules.yaml:3:5", moment, mode, any -> true, when, effect);
  }

  private static boolean asksForMore(RuleFacts facts) {
    return facts.call().arguments().object().get("limit") instanceof Integer limit && limit > 10;
  }

  private static CallRequest callFor(int limit) {
    return call(Map.of("tenant_id", "acme", "limit", limit));
  }

  private CallOutcome run(Governor governor, CallRequest request) {
    return governor.call(request, tool.handler());
  }

  private static Map<String, ?> newest(Governor governor) {
    return governor.readLogs(1).get(0).object();
  }

  @Test
  void aRuleDeniesByItsNameWithItsReasonAndNothingRuns() {
    try (Governor governor = open(rule("no-bulk", RulesTest::asksForMore, REFUSE))) {
      assertThat(run(governor, callFor(10))).isInstanceOf(Released.class);
      assertThat(run(governor, callFor(11)))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.denial().code().name()).isEqualTo("rule:no-bulk");
                assertThat(refused.denial().reason()).isEqualTo("At most 11 is asked.");
                assertThat(refused.denial().suggestions()).containsExactly("Ask for less.");
              });
      assertThat(tool.runs).hasValue(1);
    }
  }

  @Test
  void aRuleThatCannotBeWorkedOutDeniesAndQuotesNothing() {
    Rule failing =
        rule(
            "broken",
            facts -> {
              throw new IllegalStateException("secret@example.com");
            },
            new Effect.Mask(true, Set.of()));
    try (Governor governor = open(failing)) {
      assertThat(run(governor, call()))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.denial().code().name()).isEqualTo("rule:broken"));
      assertThat(newest(governor).toString()).doesNotContain("secret@");
      assertThat(tool.runs).hasValue(0);
    }
  }

  @Test
  void inShadowADenialAndAFailureAreOnRecordAndNothingComesOfThem() {
    Rule denying = rule("no-bulk", Moment.CALL, Mode.SHADOW, RulesTest::asksForMore, REFUSE);
    Rule failing =
        rule(
            "broken",
            Moment.CALL,
            Mode.SHADOW,
            facts -> {
              throw new IllegalStateException();
            },
            REFUSE);
    Rule off = rule("off", Moment.CALL, Mode.OFF, Condition.ALWAYS, REFUSE);
    try (Governor governor = open(denying, failing, off)) {
      assertThat(run(governor, callFor(11))).isInstanceOf(Released.class);
      assertThat(newest(governor).get("validation").toString())
          .contains("{check=rule:no-bulk, verdict=shadow")
          .contains("{check=rule:broken, verdict=shadow")
          .doesNotContain("rule:off");
    }
  }

  @Test
  void theFirstDenialInOrderDecidesAndOnlyRulesAboutTheToolAreAsked() {
    AtomicInteger asked = new AtomicInteger();
    Condition counting =
        facts -> {
          asked.incrementAndGet();
          return true;
        };
    Rule elsewhere =
        new Rule(
            "elsewhere",
            "",
            Moment.CALL,
            Mode.ENFORCE,
            other -> other.name().equals("another_tool"),
            counting,
            REFUSE);
    try (Governor governor =
        open(
            elsewhere, rule("first", Condition.ALWAYS, REFUSE), rule("second", counting, REFUSE))) {
      assertThat(run(governor, callFor(1)))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.denial().code().name()).isEqualTo("rule:first"));
      assertThat(asked).hasValue(0);
    }
  }

  @Test
  void aLimitCountsOnlyWhatItIsAboutAndARestartGivesNoFreshWindow() {
    Rule limit =
        rule(
            "few-bulk",
            RulesTest::asksForMore,
            new Effect.Limit(2, Duration.ofMinutes(10), Set.of(By.USER)));
    try (Governor governor = open(limit)) {
      for (int i = 0; i < 5; i++) {
        assertThat(run(governor, callFor(1))).isInstanceOf(Released.class);
      }
      assertThat(run(governor, callFor(11))).isInstanceOf(Released.class);
      time.advance(Duration.ofMinutes(1));
    }
    try (Governor governor = open(limit)) {
      assertThat(run(governor, callFor(11))).isInstanceOf(Released.class);
      assertThat(run(governor, callFor(11)))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.denial().code().name()).isEqualTo("rule:few-bulk");
                assertThat(refused.denial().retryAfter()).isGreaterThan(Duration.ofMinutes(8));
              });
      assertThat(run(governor, callFor(1))).isInstanceOf(Released.class);
    }
  }

  @Test
  void aMaskRuleLeavesNothingOfItsValuesAndMasksFurtherKinds() {
    Rule mask = rule("strict", RulesTest::asksForMore, new Effect.Mask(true, Set.of("person")));
    try (Governor governor = open(mask)) {
      Released usual = (Released) run(governor, callFor(1));
      Released more = (Released) run(governor, callFor(11));
      assertThat(text(usual.result())).contains("***-**-6789", "John Doe");
      assertThat(text(more.result())).contains("***-**-****").doesNotContain("John Doe", "6789");
      assertThat(newest(governor).get("result").toString()).doesNotContain("John Doe");
    }
  }

  @Test
  void aHiddenToolIsInNoListAndAnswersLikeOneThatDoesNotExist() {
    Rule hide =
        rule("hide-from-alice", facts -> facts.call().principal().equals(ALICE), new Effect.Hide());
    Rule failing =
        new Rule(
            "broken",
            "",
            Moment.CALL,
            Mode.ENFORCE,
            other -> other.name().equals("fragile"),
            facts -> {
              throw new IllegalStateException();
            },
            new Effect.Hide());
    try (Governor governor = open(hide, failing)) {
      governor.tools().register(CustomerTool.definition("fragile").build(), Sensitivity.STRICT);
      assertThat(governor.mayUse(ALICE, CustomerTool.SERVER, "get_customer")).isFalse();
      assertThat(governor.mayUse(ALICE, CustomerTool.SERVER, "fragile")).isFalse();
      Refused hidden = (Refused) run(governor, call());
      Refused missing =
          (Refused)
              run(
                  governor,
                  CallRequest.of(CustomerTool.SERVER, "no_such_tool", Json.EMPTY_OBJECT, ALICE));
      assertThat(hidden.denial().code()).isEqualTo(DenialCode.UNKNOWN_TOOL);
      assertThat(hidden.denial().reason()).isEqualTo(missing.denial().reason());
      assertThat(hidden.denial().suggestions()).isEqualTo(missing.denial().suggestions());
      assertThat(tool.runs).hasValue(0);
      assertThat(governor.readLogs(2).get(1).object().get("validation").toString())
          .contains("hidden_by=rule:hide-from-alice");
    }
  }

  @Test
  void aRuleAboutResultsWithholdsThemAndSeesCountsButNoValues() {
    List<RuleFacts.Result> seen = new ArrayList<>();
    Rule rule =
        rule(
            "few-people",
            Moment.RESULT,
            Mode.ENFORCE,
            facts -> {
              seen.add(facts.result());
              return facts.result().masked().getOrDefault("email", 0) > 2;
            },
            new Effect.Refuse(facts -> "Too many people at once.", List.of("Ask for fewer.")));
    Rule watching = rule("watching", Moment.RESULT, Mode.SHADOW, Condition.ALWAYS, REFUSE);
    try (Governor governor = open(watching, rule)) {
      assertThat(run(governor, call())).isInstanceOf(Released.class);
      assertThat(newest(governor).get("result_rules").toString())
          .contains("{check=rule:watching, verdict=shadow")
          .contains("{check=rule:few-people, verdict=allowed");
      CallOutcome outcome =
          governor.call(
              call(),
              it ->
                  CompletableFuture.completedFuture(
                      new ToolResult(
                          Json.of(List.of("a@example.com", "b@example.com", "c@example.com")),
                          false)));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.denial().code().name()).isEqualTo("rule:few-people");
                assertThat(refused.denial().executed()).isEqualTo(Denial.Executed.YES);
              });
      assertThat(newest(governor).get("code")).isEqualTo("rule:few-people");
      assertThat(seen).hasSize(2);
    }
  }

  @Test
  void everyFactIsWhatItSaysItIs() {
    List<String> seen = new ArrayList<>();
    Condition condition =
        facts -> {
          seen.add(
              facts.readsPii()
                  + " "
                  + facts.tenants()
                  + " "
                  + facts.permissions()
                  + " "
                  + facts.argumentsPii()
                  + " "
                  + facts.score()
                  + " "
                  + facts.callsInWindow()
                  + " "
                  + facts.denialsInMinute()
                  + " "
                  + facts.protocol()
                  + " "
                  + facts.result());
          return false;
        };
    try (Governor governor = open(rule("all", condition, REFUSE))) {
      run(governor, call());
      run(governor, CallRequest.of(CustomerTool.SERVER, "missing", Json.EMPTY_OBJECT, ALICE));
      CallRequest request =
          new CallRequest(
              CustomerTool.SERVER,
              "get_customer",
              Json.of(Map.of("tenant_id", "acme", "to", "a@example.com")),
              Json.EMPTY_OBJECT,
              ALICE,
              "2025-11-25");
      run(governor, request);
    }
    assertThat(seen).last().isEqualTo("true [acme] [PII_READ] {email=1} 30.0 1 1 2025-11-25 null");
  }

  @Test
  void rulesThatCannotBeAreRefused() {
    Rule one = rule("same", Condition.ALWAYS, REFUSE);
    assertThatThrownBy(() -> Governor.builder().rules(List.of(one, one)))
        .hasMessageContaining("same");
    Rule masking = rule("mask", Condition.ALWAYS, new Effect.Mask(false, Set.of("no-such-kind")));
    assertThatThrownBy(() -> Governor.builder().rules(List.of(masking)))
        .hasMessageContaining("no-such-kind");
    assertThatThrownBy(
            () -> rule("late", Moment.RESULT, Mode.ENFORCE, Condition.ALWAYS, new Effect.Hide()))
        .hasMessageContaining("deny or mask");
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }
}
