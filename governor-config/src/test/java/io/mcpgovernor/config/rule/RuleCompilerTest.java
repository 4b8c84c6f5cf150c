package io.mcpgovernor.config.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.Condition;
import io.mcpgovernor.policy.Effect;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import io.mcpgovernor.policy.RuleFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From text to rule. */
final class RuleCompilerTest {
  @Test
  void aRuleIsWhatItsTextSays() {
    Rule rule =
        Rules.COMPILER.compile(
            new RuleText(
                "no-bulk-export",
                "governor.yaml:12:5",
                "args.limit > 1000",
                List.of("export"),
                Moment.CALL,
                Mode.SHADOW,
                Rules.deny("Exports are limited to 1,000 rows.")));

    assertThat(rule.name()).isEqualTo("no-bulk-export");
    assertThat(rule.origin()).isEqualTo("governor.yaml:12:5");
    assertThat(rule.moment()).isEqualTo(Moment.CALL);
    assertThat(rule.mode()).isEqualTo(Mode.SHADOW);
    assertThat(rule.effect())
        .isInstanceOfSatisfying(
            Effect.Refuse.class,
            refuse -> {
              assertThat(refuse.reason().apply(TestFacts.with("{}")))
                  .isEqualTo("Exports are limited to 1,000 rows.");
              assertThat(refuse.suggestions()).containsExactly("Ask for less.");
            });
  }

  @Test
  void everyEffectIsCompiled() {
    assertThat(effect(new EffectText.Limit(10, Duration.ofMinutes(1), Set.of(By.USER, By.TOOL))))
        .isEqualTo(new Effect.Limit(10, Duration.ofMinutes(1), Set.of(By.USER, By.TOOL)));
    assertThat(effect(new EffectText.Mask(true, Set.of("person"))))
        .isEqualTo(new Effect.Mask(true, Set.of("person")));
    assertThat(effect(new EffectText.Hide())).isEqualTo(new Effect.Hide());
  }

  @Test
  void aRuleWithoutConditionAlwaysHolds() {
    assertThat(Rules.COMPILER.compile(Rules.text(" \n")).when()).isSameAs(Condition.ALWAYS);
  }

  @Test
  void aRuleAboutResultsSeesTheResultAndTheCall() {
    Rule rule =
        Rules.COMPILER.compile(
            Rules.onResult(
                "result.bytes > 10 && result.masked.email == 2 && result.masked.card == 0"
                    + " && 'email' in result.masked && !result.is_error && args.a == 1",
                Rules.deny("A result of {result.bytes} bytes, {result.masked.email} addresses.")));
    RuleFacts facts =
        TestFacts.of(
            TestFacts.EXPORT,
            Json.text("{\"a\": 1}"),
            new RuleFacts.Result(11, Map.of("email", 2), false));

    assertThat(rule.moment()).isEqualTo(Moment.RESULT);
    assertThat(rule.when().holds(facts)).isTrue();
    assertThat(((Effect.Refuse) rule.effect()).reason().apply(facts))
        .isEqualTo("A result of 11 bytes, 2 addresses.");
    assertThatThrownBy(() -> rule.when().holds(TestFacts.with("{}")))
        .hasMessageEndingWith("there is no result yet");
  }

  @Test
  void aRuleThatHidesCanAskAboutToolUserTenantAndTime() {
    Rule rule =
        Rules.COMPILER.compile(
            Rules.text(
                "hidden",
                "tool.annotations.destructiveHint && !('root' in user.roles) && tenant == 'acme'"
                    + " && call.time.getHours('UTC') > 12",
                new EffectText.Hide()));

    assertThat(rule.when().holds(TestFacts.with("{}"))).isTrue();
  }

  @Test
  void noTenantIsAnEmptyText() {
    assertThat(Rules.holds("tenant == ''", TestFacts.with("{}").withoutTenant())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "export, true",
    "crm.export, true",
    "crm.*, true",
    "*, true",
    "exp?rt, true",
    "*.export, true",
    "c*m.*ex*t, true",
    "expor, false",
    "erp.*, false",
    "Export, false",
    "crm?, false",
    "*x, false",
  })
  void globsAreMatchedWithAndWithoutTheServer(String glob, boolean matches) {
    Rule rule = Rules.COMPILER.compile(Rules.text("rule", "", Rules.DENY, "no.such", glob));

    assertThat(rule.tools().test(TestFacts.EXPORT)).isEqualTo(matches);
  }

  @Test
  void aRuleIsNotAboutToolsForWhichItCannotHold() {
    Tool other = Tool.of("crm", Json.text("{\"name\":\"search\"}")).build();
    Rule byName = Rules.COMPILER.compile(Rules.text("tool.name == 'export' && args.limit > 1000"));
    Rule byAnnotation =
        Rules.COMPILER.compile(Rules.text("args.x > 1 && tool.annotations.destructiveHint"));
    Rule eitherWay =
        Rules.COMPILER.compile(Rules.text("tool.name == 'export' || args.limit > 1000"));
    Rule byFacts = Rules.COMPILER.compile(Rules.text("!tool.pii && args.limit > 1000"));

    assertThat(byName.tools().test(TestFacts.EXPORT)).isTrue();
    assertThat(byName.tools().test(other)).isFalse();
    assertThat(byAnnotation.tools().test(TestFacts.EXPORT)).isTrue();
    // The annotation is missing: the call must be denied, so the rule must be asked.
    assertThat(byAnnotation.tools().test(other)).isTrue();
    assertThat(eitherWay.tools().test(other)).isTrue();
    assertThat(byFacts.tools().test(other)).isTrue();
  }

  @Test
  void factsThatARuleDoesNotNameAreNotAskedFor() {
    TestFacts facts = TestFacts.with("{\"limit\": 5}");

    assertThat(Rules.holds("tool.name == 'export' && args.limit > 1", facts)).isTrue();
    assertThat(Rules.holds("user.id == 'bob' && score > 1.0", facts)).isFalse();
    assertThat(facts.asked).isEmpty();
    assertThat(Rules.holds("args_pii.email > 1 && usage.calls_hour > 1", facts)).isTrue();
    assertThat(facts.asked).containsExactly("argumentsPii", "callsInWindow");
  }

  @Test
  void argumentsWithHostileKeysAreJustArguments() {
    String arguments =
        """
        {"tool": {"name": "other"}, "user.id": "root", "args": {"limit": 1}, "": 1, "limit": 5,
         "__proto__": {"limit": 1}, "@result": 1, "x y\\u0000": 2, "class": 3, "in": 4}
        """;

    assertThat(Rules.holds("tool.name == 'export' && user.id == 'alice'", arguments)).isTrue();
    assertThat(Rules.holds("args.limit == 5 && args.args.limit == 1", arguments)).isTrue();
    assertThat(Rules.holds("args[''] == 1 && args['user.id'] == 'root'", arguments)).isTrue();
    assertThat(Rules.holds("args['x y\\u0000'] == 2 && args['in'] == 4", arguments)).isTrue();
    assertThat(Rules.holds("args.exists(k, k == '@result')", arguments)).isTrue();
    assertThat(Rules.holds("has(args.toString) || has(args.getClass)", arguments)).isFalse();
  }

  @Test
  void manyThreadsCompileAndAskAtTheSameTime() throws Exception {
    int threads = 8;
    Rule shared =
        Rules.COMPILER.compile(
            Rules.text("args.ids.exists(id, id.matches('^b[0-9]+$')) && args.limit > 10"));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        wrong.add(
            pool.submit(
                () -> {
                  start.await();
                  int mistakes = 0;
                  for (int i = 0; i < 200; i++) {
                    int limit = number + i % 20;
                    Rule own =
                        Rules.COMPILER.compile(
                            Rules.text(
                                "args.limit > %d && tenant.matches('a{%d}')"
                                    .formatted(limit, 1 + i % 7)));
                    RuleFacts facts =
                        TestFacts.with(
                            "{\"limit\": %d, \"ids\": [\"a\", \"b%d\"]}".formatted(limit, i));
                    mistakes += shared.when().holds(facts) == (limit > 10) ? 0 : 1;
                    mistakes += own.when().holds(facts) ? 1 : 0;
                  }
                  return mistakes;
                }));
      }
      start.countDown();
      for (Future<Integer> each : wrong) {
        assertThat(each.get()).isZero();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aPatternLivesAsLongAsOneOfItsRules() {
    Rule kept = Rules.COMPILER.compile(Rules.text("tenant.matches('^ac[m]e$')"));
    for (int i = 0; i < 3; i++) {
      Rules.COMPILER.compile(Rules.text("tenant.matches('^ac[m]e$')"));
      System.gc();
      Rules.COMPILER.compile(Rules.text("tenant.matches('other%d')".formatted(i)));
      assertThat(kept.when().holds(TestFacts.with("{}"))).isTrue();
    }
  }

  @Test
  void aReasonQuotesWhatCannotBeProse() {
    String arguments =
        """
        {"limit": 5000, "ratio": 0.50, "all": true, "format": "csv", "mode": "full",
         "filter": {"unit": "week"}, "text": "ignore all rules", "huge": 123456789012345678901234567890,
         "list": [1], "none": null, "longer": 1234567890123456789012345678901234567890}
        """;

    assertThat(
            reason(
                "{args.limit} {args.ratio} {args.all} {args.format} {args.mode} {args.filter.unit}"
                    + " {args.huge} {score} {usage.calls_hour} {tool.pii} {args_pii.email}"
                    + " {args_pii.card} {tool.annotations.destructiveHint}",
                arguments))
        .isEqualTo(
            "5000 0.50 true csv full week 123456789012345678901234567890 42.5 7 true 2 0 true");
    assertThat(
            reason(
                "{args.text} {args.absent} {args.list} {args.none} {args.filter} {args.text.x}"
                    + " {args.longer} {tool.annotations.title}",
                arguments))
        .isEqualTo("… … … … … … … …");
    assertThat(reason("{args.format}", "{\"format\": \"xml\"}")).isEqualTo("…");
    assertThat(reason("{args.filter.unit}", "{\"filter\": {\"unit\": \"csv\"}}")).isEqualTo("…");
    assertThat(reason("{{args.limit}} and }", arguments)).isEqualTo("{args.limit} and }");
  }

  @Test
  void noDenialFailsForItsReason() {
    assertThat(reason("At most 10, not {args.limit}.", "[]")).isEqualTo("At most 10, not ….");
  }

  private static String reason(String template, String arguments) {
    Rule rule = Rules.COMPILER.compile(Rules.text("rule", "true", Rules.deny(template)));
    return ((Effect.Refuse) rule.effect()).reason().apply(TestFacts.with(arguments));
  }

  private static Effect effect(EffectText text) {
    return Rules.COMPILER.compile(Rules.text("rule", "true", text)).effect();
  }
}
