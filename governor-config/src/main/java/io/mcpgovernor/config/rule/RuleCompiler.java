package io.mcpgovernor.config.rule;

import io.mcpgovernor.config.rule.RuleTextException.Part;
import io.mcpgovernor.policy.Condition;
import io.mcpgovernor.policy.Effect;
import io.mcpgovernor.policy.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes rules of what operators write. Everything that can be wrong with a rule is found here, not
 * when it is asked: unknown names, types that do not go together, patterns, time zones, bounds.
 * Thread-safe; a compiler may be used as often as one likes.
 */
public final class RuleCompiler {
  /** Suggestions that a denial may have. */
  public static final int SUGGESTIONS_MAX = 5;

  private static final Duration WINDOW_MIN = Duration.ofMillis(1);
  private static final Duration WINDOW_MAX = Duration.ofDays(1);

  private final Set<String> kinds;

  /**
   * A compiler.
   *
   * @param kinds the names of all kinds of PII, so that a rule cannot ask for one that is never
   *     found
   */
  public RuleCompiler(Set<String> kinds) {
    this.kinds = Set.copyOf(kinds);
  }

  /**
   * Compiles a rule. Its {@link Rule#tools()} leaves out tools for which its condition cannot hold
   * whatever a call of them says, since it asks for nothing but the tool there.
   *
   * @throws RuleTextException if it cannot be used as it is written
   */
  public Rule compile(RuleText rule) {
    if (!Rule.NAME.matcher(rule.name()).matches()) {
      throw wrong(
          rule,
          Part.NAME,
          "a rule's name has 1 to 64 lower-case letters, digits, '-' and '_', and begins with a"
              + " letter or digit");
    }
    if (rule.on() == Rule.Moment.RESULT
        && !(rule.effect() instanceof EffectText.Deny
            || rule.effect() instanceof EffectText.Mask)) {
      throw wrong(
          rule, Part.ON, "a rule about results can deny or mask; limit and hide are about calls");
    }
    ToolGlobs globs = globs(rule);
    Effect effect = effect(rule);
    if (rule.when().isBlank()) {
      return new Rule(
          rule.name(),
          rule.origin(),
          rule.on(),
          rule.mode(),
          globs::matches,
          Condition.ALWAYS,
          effect);
    }
    CompiledCondition condition = condition(rule);
    return new Rule(
        rule.name(),
        rule.origin(),
        rule.on(),
        rule.mode(),
        tool -> globs.matches(tool) && condition.canHoldFor(tool),
        condition.asked(),
        effect);
  }

  Set<String> kinds() {
    return kinds;
  }

  private CompiledCondition condition(RuleText rule) {
    try {
      CompiledCondition condition = CompiledCondition.of(rule.when(), kinds);
      allowed(rule, condition.uses());
      return condition;
    } catch (Complaint e) {
      throw new RuleTextException(rule, Part.WHEN, e.at(), e.what());
    }
  }

  /** Which variables there are depends on when a rule is asked. */
  private static void allowed(RuleText rule, Map<String, TextPosition> uses) throws Complaint {
    TextPosition result = uses.get(Variables.RESULT);
    if (rule.on() == Rule.Moment.CALL && result != null) {
      throw new Complaint(result, "there is no 'result' before the call has run: say 'on: result'");
    }
    if (rule.effect() instanceof EffectText.Hide) {
      for (Map.Entry<String, TextPosition> use : uses.entrySet()) {
        String name = use.getKey();
        if (Variables.BY_NAME.containsKey(name) && !Variables.OF_LISTS.contains(name)) {
          throw new Complaint(
              use.getValue(),
              "a rule that hides a tool cannot ask for '%s': lists of tools have no call; there is"
                      .formatted(name)
                  + " tool, user, tenant, call");
        }
      }
    }
  }

  private static ToolGlobs globs(RuleText rule) {
    if (rule.tools().size() > ToolGlobs.GLOBS_MAX) {
      throw wrong(rule, Part.TOOLS, "there are at most " + ToolGlobs.GLOBS_MAX + " globs");
    }
    for (String glob : rule.tools()) {
      if (glob.isBlank() || glob.length() > ToolGlobs.LENGTH_MAX) {
        throw wrong(
            rule,
            Part.TOOLS,
            "a glob has 1 to %d characters, such as crm.* or export"
                .formatted(ToolGlobs.LENGTH_MAX));
      }
    }
    return new ToolGlobs(rule.tools());
  }

  private Effect effect(RuleText rule) {
    if (rule.effect() instanceof EffectText.Deny deny) {
      return deny(rule, deny);
    }
    if (rule.effect() instanceof EffectText.Limit limit) {
      if (limit.calls() < 1) {
        throw wrong(rule, Part.LIMIT, "a limit allows at least 1 call");
      }
      if (limit.window().compareTo(WINDOW_MIN) < 0 || limit.window().compareTo(WINDOW_MAX) > 0) {
        throw wrong(rule, Part.LIMIT, "a limit's window is from a millisecond to a day");
      }
      if (limit.by().isEmpty()) {
        throw wrong(rule, Part.LIMIT, "a limit counts by user, tenant, server or tool");
      }
      return new Effect.Limit(limit.calls(), limit.window(), limit.by());
    }
    if (rule.effect() instanceof EffectText.Mask mask) {
      return mask(rule, mask);
    }
    return new Effect.Hide();
  }

  private Effect mask(RuleText rule, EffectText.Mask mask) {
    if (!mask.strict() && mask.kinds().isEmpty()) {
      throw wrong(rule, Part.MASK, "it masks no more than without it: say level or kinds");
    }
    for (String kind : mask.kinds()) {
      if (!kinds.contains(kind)) {
        throw wrong(rule, Part.MASK, Nearest.unknownKind(kind, kinds));
      }
    }
    return new Effect.Mask(mask.strict(), mask.kinds());
  }

  private Effect deny(RuleText rule, EffectText.Deny deny) {
    if (deny.suggestions().isEmpty() || deny.suggestions().size() > SUGGESTIONS_MAX) {
      throw wrong(
          rule,
          Part.SUGGESTIONS,
          "a denial has 1 to %d suggestions, which say what to do about it"
              .formatted(SUGGESTIONS_MAX));
    }
    for (String suggestion : deny.suggestions()) {
      if (suggestion.isBlank() || suggestion.length() > ReasonText.LENGTH_MAX) {
        throw wrong(
            rule,
            Part.SUGGESTIONS,
            "a suggestion has 1 to %d characters".formatted(ReasonText.LENGTH_MAX));
      }
    }
    return new Effect.Refuse(reason(rule, deny), List.copyOf(deny.suggestions()));
  }

  private ReasonText reason(RuleText rule, EffectText.Deny deny) {
    try {
      ReasonText reason = ReasonText.of(deny.reason(), kinds);
      allowed(rule, reason.uses());
      return reason;
    } catch (Complaint e) {
      throw new RuleTextException(rule, Part.REASON, e.at(), e.what());
    }
  }

  private static RuleTextException wrong(RuleText rule, Part part, String what) {
    return new RuleTextException(rule, part, TextPosition.START, what);
  }
}
