package io.mcpgovernor.bench;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.config.rule.EffectText;
import io.mcpgovernor.config.rule.RuleCompiler;
import io.mcpgovernor.config.rule.RuleText;
import io.mcpgovernor.policy.Condition;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.RuleFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules as code, one thread: one rule of each usual kind, a hundred of which ten are about the
 * tool, and loading a thousand; against parsing the call's arguments once.
 */
public final class RuleBench {
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double NANOS_PER_MILLI = 1_000_000;
  private static final int RULES = 100;
  private static final int RULES_THAT_APPLY = 10;
  private static final int RULES_LOADED = 1_000;

  private static final Tool EXPORT =
      Tool.of("crm", Json.of(Map.of("name", "export", "title", "Export rows")))
          .tags(Set.of("bulk"))
          .build();
  private static final Principal ALICE =
      new Principal(
          "https://login.example",
          "alice",
          Set.of("acme"),
          Set.of("analyst", "auditor"),
          Principal.Source.VERIFIED);

  private final RuleCompiler compiler = new RuleCompiler(Set.of("email", "card"));
  private RuleFacts facts = facts(0);
  private Json arguments = Json.EMPTY_OBJECT;
  private int held;

  private RuleBench() {}

  /** Measures everything. Takes some seconds at full scale. */
  public static List<Row> run(Scale scale) {
    return new RuleBench().measured(scale);
  }

  private List<Row> measured(Scale scale) {
    List<Samples> parsing =
        Timing.rounds(
            scale.rounds(),
            scale.perRound(),
            NANOS_PER_MICRO,
            number -> arguments = Json.utf8(Calls.arguments(number).utf8()),
            number -> arguments.tree());
    double parse = Samples.medianOf(parsing, Samples::mean);
    List<Row> rows = new ArrayList<>();
    typical()
        .forEach(
            (name, when) -> {
              List<Samples> asked = asked(scale, List.of(compile("typical", when).when()));
              double mean = Samples.medianOf(asked, Samples::mean);
              rows.add(
                  Row.atMost(
                          "rule, " + name + ": mean (parse)",
                          "us",
                          mean,
                          1,
                          Samples.together(asked))
                      .against(parse));
            });
    List<Samples> hundred = asked(scale, indexed(hundred()));
    double mean = Samples.medianOf(hundred, Samples::mean);
    double p99 = Samples.medianOf(hundred, Samples::p99);
    Samples all = Samples.together(hundred);
    rows.add(Row.atMost("100 rules, 10 apply: mean (parse)", "us", mean, 15, all).against(parse));
    rows.add(Row.atMost("100 rules, 10 apply: p99", "us", p99, 50, all));
    rows.add(loading(scale));
    return rows;
  }

  private static Map<String, String> typical() {
    Map<String, String> typical = new LinkedHashMap<>();
    typical.put("name and number", "tool.name == \"export\" && args.limit > 1000");
    typical.put("PII in arguments", "args_pii.email > 0 && args_pii.card == 0");
    typical.put("role", "!(\"admin\" in user.roles)");
    typical.put(
        "working hours",
        "call.time.getHours(\"Europe/Vienna\") < 8 || call.time.getHours(\"Europe/Vienna\") >= 18");
    typical.put("list", "args.include.exists(each, each == \"salaries\")");
    return typical;
  }

  private List<Rule> hundred() {
    List<String> whens = List.copyOf(typical().values());
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      rules.add(
          i % (RULES / RULES_THAT_APPLY) == 0
              ? compile("r" + i, whens.get(rules.size() % whens.size()))
              : compile("r" + i, "tool.name == \"other-%d\" && args.limit > 1000".formatted(i)));
    }
    return rules;
  }

  /** As an engine does: which rules are about a tool is asked once for each tool. */
  private static List<Condition> indexed(List<Rule> rules) {
    List<Condition> conditions = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.tools().test(EXPORT)) {
        conditions.add(rule.when());
      }
    }
    if (conditions.size() != RULES_THAT_APPLY) {
      throw new IllegalStateException("the benchmark asks " + conditions.size() + " rules");
    }
    return conditions;
  }

  private List<Samples> asked(Scale scale, List<Condition> conditions) {
    return Timing.rounds(
        scale.rounds(),
        scale.perRound(),
        NANOS_PER_MICRO,
        number -> facts = facts(number),
        number -> {
          for (Condition condition : conditions) {
            held += condition.holds(facts) ? 1 : 0;
          }
        });
  }

  /** Each round has other texts, as a reload has. */
  private Row loading(Scale scale) {
    int rules = Math.min(RULES_LOADED, scale.perRound());
    long[] nanos = new long[scale.rounds()];
    for (int round = 0; round < nanos.length; round++) {
      long started = System.nanoTime();
      for (int i = 0; i < rules; i++) {
        compile(
            "r" + i,
            "tool.name == \"tool-%d\" && args.limit > %d && !(\"admin\" in user.roles)"
                .formatted(i, round));
      }
      nanos[round] = System.nanoTime() - started;
    }
    Samples samples = Samples.ofNanos(nanos, NANOS_PER_MILLI);
    return Row.atMost(rules + " rules: load", "ms", samples.median(), 1_500, samples);
  }

  private Rule compile(String name, String when) {
    return compiler.compile(
        new RuleText(
            name,
            "",
            when,
            List.of(),
            Rule.Moment.CALL,
            Rule.Mode.ENFORCE,
            new EffectText.Deny("Not like this: {args.limit}.", List.of("Ask for less."))));
  }

  private static RuleFacts facts(int number) {
    Json arguments = Calls.arguments(number);
    return new KnownFacts(
        new ToolCall(
            "call",
            ALICE,
            "acme",
            EXPORT,
            arguments,
            Instant.ofEpochSecond(1_800_000_000L + number)));
  }

  /** Facts that take no time of their own. */
  private record KnownFacts(ToolCall call) implements RuleFacts {
    @Override
    public String protocol() {
      return "2026-07-28";
    }

    @Override
    public boolean readsPii() {
      return true;
    }

    @Override
    public Set<String> tenants() {
      return call.principal().tenants();
    }

    @Override
    public Set<String> permissions() {
      return Set.of("PII_READ");
    }

    @Override
    public Map<String, Integer> argumentsPii() {
      return Map.of("email", 1);
    }

    @Override
    public double score() {
      return 10;
    }

    @Override
    public long callsInWindow() {
      return 5;
    }

    @Override
    public long denialsInMinute() {
      return 0;
    }

    @Override
    public @Nullable Result result() {
      return null;
    }
  }
}
