package io.mcpgovernor.config.rule;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds rules that are allowed and most likely mistakes: rules that can never match, rules that an
 * earlier one leaves nothing to, tools that no rule is about. Says only what is certain: that two
 * conditions overlap in some other way is not found out. Thread-safe.
 */
public final class RuleLint {
  private static final int TOOLS_NAMED_MAX = 10;

  private final RuleCompiler compiler;

  /** Looks at rules that this compiler takes. */
  public RuleLint(RuleCompiler compiler) {
    this.compiler = compiler;
  }

  /**
   * A rule that compiles.
   *
   * @param condition null if it holds always
   */
  private record Known(
      RuleText text, Rule rule, ToolGlobs globs, @Nullable CompiledCondition condition) {
    /** Whether nothing comes after it where its condition holds. */
    boolean endsCalls() {
      return text.on() == Rule.Moment.CALL
          && text.mode() == Rule.Mode.ENFORCE
          && text.effect() instanceof EffectText.Deny;
    }
  }

  /**
   * Looks at rules in the order in which they are asked. Those that do not compile or are off are
   * passed over.
   *
   * @param tools the tools there are; empty if nobody knows, and then nothing is said about tools
   */
  public List<RuleWarning> lint(List<RuleText> rules, List<Tool> tools) {
    List<RuleWarning> warnings = new ArrayList<>();
    List<Known> known = new ArrayList<>();
    for (RuleText text : rules) {
      if (text.mode() != Rule.Mode.OFF) {
        known(text).ifPresent(known::add);
      }
    }
    for (int i = 0; i < known.size(); i++) {
      Known rule = known.get(i);
      if (!constant(rule, warnings) && !tools.isEmpty()) {
        ofTools(rule, tools, warnings);
      }
      shadowed(rule, known.subList(0, i), warnings);
    }
    if (!known.isEmpty()) {
      unnamed(known, tools, warnings);
    }
    return warnings;
  }

  private Optional<Known> known(RuleText text) {
    try {
      return Optional.of(
          new Known(
              text,
              compiler.compile(text),
              new ToolGlobs(text.tools()),
              text.when().isBlank() ? null : CompiledCondition.of(text.when(), compiler.kinds())));
    } catch (RuleTextException | Complaint e) {
      return Optional.empty();
    }
  }

  private boolean constant(Known rule, List<RuleWarning> warnings) {
    if (constant(rule).equals(Optional.of(false))) {
      warnings.add(
          warning(rule, "it can never match: its condition is false whatever the call says"));
      return true;
    }
    return false;
  }

  private Optional<Boolean> constant(Known rule) {
    try {
      return rule.condition == null ? Optional.of(true) : rule.condition.constant(compiler.kinds());
    } catch (Complaint e) {
      return Optional.empty();
    }
  }

  private static void ofTools(Known rule, List<Tool> tools, List<RuleWarning> warnings) {
    boolean hasWarned = false;
    for (String glob : rule.text.tools()) {
      if (tools.stream().noneMatch(tool -> ToolGlobs.matches(glob, tool))) {
        warnings.add(warning(rule, "'%s' matches none of the tools there are".formatted(glob)));
        hasWarned = true;
      }
    }
    if (!hasWarned && tools.stream().noneMatch(rule.rule.tools())) {
      warnings.add(
          warning(rule, "it can never match: its condition holds for none of the tools there are"));
    }
  }

  private void shadowed(Known rule, List<Known> earlier, List<RuleWarning> warnings) {
    // Lists are not calls, and what a shadow rule says is on record whatever other rules do.
    if (rule.text.effect() instanceof EffectText.Hide || rule.text.mode() != Rule.Mode.ENFORCE) {
      return;
    }
    for (Known first : earlier) {
      if (first.endsCalls() && first.globs.cover(rule.globs)) {
        if (constant(first).equals(Optional.of(true))) {
          warnings.add(
              warning(
                  rule,
                  "it never comes to it: '%s' denies every call of these tools before"
                      .formatted(first.text.name())));
          return;
        }
        if (first.condition != null
            && rule.condition != null
            && first.condition.isSameAs(rule.condition)) {
          warnings.add(
              warning(
                  rule,
                  "it never comes to it: '%s' denies under the same condition before"
                      .formatted(first.text.name())));
          return;
        }
      }
    }
  }

  private static void unnamed(List<Known> rules, List<Tool> tools, List<RuleWarning> warnings) {
    Set<String> names =
        tools.stream()
            .filter(tool -> rules.stream().noneMatch(rule -> rule.rule.tools().test(tool)))
            .map(tool -> tool.server() + "." + tool.name())
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    if (!names.isEmpty()) {
      String more =
          names.size() > TOOLS_NAMED_MAX
              ? " and %d more".formatted(names.size() - TOOLS_NAMED_MAX)
              : "";
      warnings.add(
          new RuleWarning(
              "",
              "",
              "no rule is about "
                  + names.stream().limit(TOOLS_NAMED_MAX).collect(Collectors.joining(", "))
                  + more));
    }
  }

  private static RuleWarning warning(Known rule, String text) {
    return new RuleWarning(rule.text.name(), rule.text.origin(), text);
  }
}
