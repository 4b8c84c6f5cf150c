package io.mcpgovernor.config.rule;

import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import io.mcpgovernor.policy.RuleFacts;
import java.util.List;
import java.util.Set;

/** Rules as tests need them. */
final class Rules {
  static final RuleCompiler COMPILER =
      new RuleCompiler(Set.of("email", "phone", "card", "iban", "person"));
  static final EffectText DENY = deny("It is not allowed.");

  private Rules() {}

  static EffectText deny(String reason) {
    return new EffectText.Deny(reason, List.of("Ask for less."));
  }

  static RuleText text(String when) {
    return text("rule", when, DENY);
  }

  static RuleText text(String name, String when, EffectText effect, String... tools) {
    return new RuleText(
        name, "rules.yaml:1:1", when, List.of(tools), Moment.CALL, Mode.ENFORCE, effect);
  }

  static RuleText onResult(String when, EffectText effect) {
    return new RuleText(
        "rule", "rules.yaml:1:1", when, List.of(), Moment.RESULT, Mode.ENFORCE, effect);
  }

  static boolean holds(String when, RuleFacts facts) {
    Rule rule = COMPILER.compile(text(when));
    return rule.when().holds(facts);
  }

  static boolean holds(String when, String arguments) {
    return holds(when, TestFacts.with(arguments));
  }
}
