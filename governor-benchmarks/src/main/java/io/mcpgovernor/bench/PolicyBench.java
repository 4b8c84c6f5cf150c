package io.mcpgovernor.bench;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.rule.EffectText;
import io.mcpgovernor.config.rule.RuleCompiler;
import io.mcpgovernor.config.rule.RuleText;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.ValidationResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

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

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private PolicyBench() {}

  /**
   * Measures. Takes about a minute at full scale.
   *
   * @param progress told what comes next
   */
  public static Report run(Scale scale, Consumer<String> progress) {
    progress.accept("all checks and rules");
    List<Row> rows = new ArrayList<>(checks(scale));
    progress.accept("single rules");
    rows.addAll(RuleBench.run(scale));
    progress.accept("reloading while calls go on");
    rows.addAll(ReloadBench.run(scale));
    return new Report(rows);
  }

  /**
   * How long each call took, and how long the processor worked for one in each round: where others
   * use the machine, a thread that has to wait for it makes the first mean what it likes.
   */
  private record Timed(List<Samples> calls, Samples cpu) {
    double mean() {
      return Samples.medianOf(calls, Samples::mean);
    }

    double p99() {
      return Samples.medianOf(calls, Samples::p99);
    }

    Samples all() {
      return Samples.together(calls);
    }
  }

  private static List<Row> checks(Scale scale) {
    Timed parsing = timed(scale, number -> written(Calls.arguments(number)), PolicyBench::parse);
    Timed alone = validated(scale, List.of());
    Timed one = validated(scale, List.of(rule(0, List.of())));
    Timed hundred = validated(scale, hundred());
    double parse = parsing.mean();
    double parseCpu = parsing.cpu.median();
    double parseP99 = parsing.p99();
    return List.of(
        Row.of("all checks, 0 rules: mean (parse)", "us", alone.mean(), alone.all()).against(parse),
        Row.of("all checks, 0 rules: CPU time (parse)", "us", alone.cpu.median(), alone.cpu)
            .against(parseCpu),
        Row.of("all checks, 0 rules: p99 (parse)", "us", alone.p99(), alone.all())
            .against(parseP99),
        Row.of("all checks, 1 rule: mean (0 rules)", "us", one.mean(), one.all())
            .against(alone.mean()),
        Row.of("all checks, 1 rule: CPU time (0 rules)", "us", one.cpu.median(), one.cpu)
            .against(alone.cpu.median()),
        Row.atMost("all checks, 100 rules: mean (parse)", "us", hundred.mean(), 15, hundred.all())
            .against(parse),
        Row.atMost(
                "all checks, 100 rules: CPU time (parse)",
                "us",
                hundred.cpu.median(),
                15,
                hundred.cpu)
            .against(parseCpu),
        Row.atMost("all checks, 100 rules: p99 (parse)", "us", hundred.p99(), 50, hundred.all())
            .against(parseP99));
  }

  private static Timed validated(Scale scale, List<Rule> rules) {
    int callsInAll = scale.perRound() * (2 * scale.rounds() + Timing.WARM_UP_ROUNDS);
    try (Governor governor =
        Governor.builder()
            .auditLog(new DiscardingLog())
            .callsPerHour(callsInAll) // one user makes all calls and must not run into the limit
            .rules(rules)
            .build()) {
      Calls calls = new Calls(1);
      calls.allow(governor);
      return timed(scale, calls::next, request -> check(governor, request));
    }
  }

  private static <T> Timed timed(Scale scale, IntFunction<T> prepare, Consumer<T> action) {
    List<T> prepared = new ArrayList<>(List.of(prepare.apply(0)));
    List<Samples> calls =
        Timing.rounds(
            scale.rounds(),
            scale.perRound(),
            NANOS_PER_MICRO,
            number -> prepared.set(0, prepare.apply(number)),
            number -> action.accept(prepared.get(0)));
    double[] cpu = new double[scale.rounds()];
    for (int round = 0; round < cpu.length; round++) {
      prepared.clear();
      for (int i = 0; i < scale.perRound(); i++) {
        prepared.add(prepare.apply(i));
      }
      long started = cpuNanos();
      for (int i = 0; i < scale.perRound(); i++) {
        action.accept(prepared.get(i));
      }
      cpu[round] = (cpuNanos() - started) / NANOS_PER_MICRO / scale.perRound();
    }
    return new Timed(calls, Samples.of(cpu));
  }

  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Its bytes are there, so that only reading them is timed. */
  private static Json written(Json arguments) {
    return Json.utf8(arguments.utf8());
  }

  private static void parse(Json arguments) {
    if (Json.utf8(arguments.utf8()).object().isEmpty()) {
      throw new IllegalStateException("the benchmark parsed nothing");
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
