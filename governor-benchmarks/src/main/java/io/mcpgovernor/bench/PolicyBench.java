package io.mcpgovernor.bench;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.rule.EffectText;
import io.mcpgovernor.config.rule.RuleCompiler;
import io.mcpgovernor.config.rule.RuleText;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.ValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code governor bench policy}, as far as it needs no log: all checks of an allowed call alone,
 * with one rule, and with a hundred rules of which ten are about the tool and all are asked;
 * against parsing the call's arguments once. Then single rules, and reloading while calls go on.
 */
public final class PolicyBench {
  private static final double NANOS_PER_MICRO = 1_000;
  private static final int RULES = 100;
  private static final int RULES_THAT_APPLY = 10;

  /** None of them holds for {@link Calls}. */
  private static final List<String> WHENS =
      List.of(
          "tool.name == \"get_customer_profile\" && args.limit > 1000",
          "args_pii.email > 0 && args_pii.card == 0",
          "\"contractor\" in user.roles",
          "call.time.getHours(\"Europe/Vienna\") < 0",
          "args.include.exists(each, each == \"salaries\")");

  private CallRequest request = Calls.by(0, 0);
  private Json arguments = Json.EMPTY_OBJECT;

  private PolicyBench() {}

  /**
   * Measures. Takes about a minute at full scale.
   *
   * @param progress told what comes next
   */
  public static Report run(Scale scale, Consumer<String> progress) {
    progress.accept("all checks and rules");
    List<Row> rows = new ArrayList<>(new PolicyBench().checks(scale));
    progress.accept("single rules");
    rows.addAll(RuleBench.run(scale));
    progress.accept("reloading while calls go on");
    rows.addAll(ReloadBench.run(scale));
    return new Report(rows);
  }

  private List<Row> checks(Scale scale) {
    List<Samples> parsing =
        Timing.rounds(
            scale.rounds(),
            scale.perRound(),
            NANOS_PER_MICRO,
            number -> arguments = Json.utf8(Calls.arguments(number).utf8()),
            number -> arguments.tree());
    List<Samples> alone = validated(scale, List.of());
    List<Samples> one = validated(scale, List.of(rule(0, List.of())));
    List<Samples> hundred = validated(scale, hundred());
    double parse = mean(parsing);
    double parseP99 = p99(parsing);
    return List.of(
        Row.of("all checks, 0 rules: mean (parse)", "us", mean(alone), Samples.together(alone))
            .against(parse),
        Row.of("all checks, 0 rules: p99 (parse)", "us", p99(alone), Samples.together(alone))
            .against(parseP99),
        Row.of("all checks, 1 rule: mean (0 rules)", "us", mean(one), Samples.together(one))
            .against(mean(alone)),
        Row.atMost(
                "all checks, 100 rules: mean (parse)",
                "us",
                mean(hundred),
                15,
                Samples.together(hundred))
            .against(parse),
        Row.atMost(
                "all checks, 100 rules: p99 (parse)",
                "us",
                p99(hundred),
                50,
                Samples.together(hundred))
            .against(parseP99));
  }

  private static double mean(List<Samples> rounds) {
    return Samples.medianOf(rounds, Samples::mean);
  }

  private static double p99(List<Samples> rounds) {
    return Samples.medianOf(rounds, Samples::p99);
  }

  private List<Samples> validated(Scale scale, List<Rule> rules) {
    int callsInAll = scale.perRound() * (scale.rounds() + Timing.WARM_UP_ROUNDS);
    try (Governor governor =
        Governor.builder()
            .auditLog(new DiscardingLog())
            .callsPerHour(callsInAll) // one user makes all calls and must not run into the limit
            .rules(rules)
            .build()) {
      Calls calls = new Calls(1);
      calls.allow(governor);
      return Timing.rounds(
          scale.rounds(),
          scale.perRound(),
          NANOS_PER_MICRO,
          number -> request = calls.next(number),
          number -> check(governor, request));
    }
  }

  private static void check(Governor governor, CallRequest request) {
    ValidationResult result = governor.validate(request).toCompletableFuture().join();
    if (!result.isAllowed()) {
      throw new IllegalStateException("the benchmark timed a denial: " + result.reason());
    }
  }

  private static List<Rule> hundred() {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      rules.add(
          rule(i, List.of(i % (RULES / RULES_THAT_APPLY) == 0 ? "get_customer_*" : "other_" + i)));
    }
    return rules;
  }

  private static Rule rule(int number, List<String> tools) {
    String when = WHENS.get(number / (RULES / RULES_THAT_APPLY) % WHENS.size());
    return new RuleCompiler(Set.of("email", "card"))
        .compile(
            new RuleText(
                "r" + number,
                "",
                when,
                tools,
                Rule.Moment.CALL,
                Rule.Mode.ENFORCE,
                new EffectText.Deny("Not like this: {args.limit}.", List.of("Ask for less."))));
  }
}
