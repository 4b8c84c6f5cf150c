package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.rule.EffectText;
import io.mcpgovernor.config.rule.RuleCompiler;
import io.mcpgovernor.config.rule.RuleLint;
import io.mcpgovernor.config.rule.RuleText;
import io.mcpgovernor.config.rule.RuleTextException;
import io.mcpgovernor.config.rule.RuleWarning;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of a file, compiled; what is wrong with one is said with its place in the file. */
final class FileRules {
  private FileRules() {}

  /** As they stand in the file. */
  static List<RuleText> texts(ConfigFile file) {
    List<RuleText> texts = new ArrayList<>();
    List<RuleConfig> rules = file.config().rules();
    for (int i = 0; i < rules.size(); i++) {
      texts.add(text(rules.get(i), file.origin("rules", i)));
    }
    return texts;
  }

  /**
   * Compiles them.
   *
   * @param problems takes what is wrong with them
   * @return those that are right
   */
  static List<Rule> compile(ConfigFile file, List<Problem> problems) {
    List<RuleText> texts = texts(file);
    List<Rule> compiled = new ArrayList<>();
    if (texts.isEmpty()) {
      return compiled; // whoever has no rules does not load their language
    }
    RuleCompiler compiler = new RuleCompiler(kinds());
    for (int i = 0; i < texts.size(); i++) {
      try {
        compiled.add(compiler.compile(texts.get(i)));
      } catch (RuleTextException e) {
        problems.add(problem(file, i, file.config().rules().get(i), e));
      }
    }
    return compiled;
  }

  /** What is most likely a mistake in them, given the tools there are. */
  static List<RuleWarning> warnings(ConfigFile file, List<Tool> tools) {
    List<RuleText> texts = texts(file);
    if (texts.isEmpty()) {
      return List.of();
    }
    ToolChoices choices = new ToolChoices(file.config());
    return new RuleLint(new RuleCompiler(kinds()))
        .lint(texts, tools.stream().map(tool -> tagged(tool, choices)).toList());
  }

  /** With the words that the file marks it with. */
  private static Tool tagged(Tool tool, ToolChoices choices) {
    Set<String> said = choices.of(tool.server(), tool.name()).tags();
    Set<String> tags = new HashSet<>(tool.tags());
    tags.addAll(said == null ? Set.of() : said);
    return tool.toBuilder().tags(tags).build();
  }

  private static Set<String> kinds() {
    return Kinds.all().stream().map(Kind::name).collect(Collectors.toUnmodifiableSet());
  }

  private static RuleText text(RuleConfig rule, String origin) {
    return new RuleText(
        rule.name(),
        origin,
        rule.when().value(),
        rule.tools().contains("*") ? List.of() : rule.tools(),
        rule.on(),
        rule.mode(),
        effect(rule));
  }

  private static EffectText effect(RuleConfig rule) {
    if (rule.deny() != null) {
      return new EffectText.Deny(rule.deny().reason().value(), rule.deny().suggestions());
    }
    if (rule.limit() != null) {
      return new EffectText.Limit(
          rule.limit().rate().calls(), rule.limit().rate().window(), rule.limit().by());
    }
    return rule.mask() != null
        ? new EffectText.Mask(rule.mask().level() == Sensitivity.STRICT, rule.mask().kinds())
        : new EffectText.Hide();
  }

  private static Problem problem(ConfigFile file, int index, RuleConfig rule, RuleTextException e) {
    @Nullable PlacedText written =
        switch (e.part()) {
          case WHEN -> rule.when();
          case REASON -> Objects.requireNonNull(rule.deny()).reason();
          default -> null;
        };
    Object[] steps =
        switch (e.part()) {
          case REASON, SUGGESTIONS -> new Object[] {"rules", index, "deny", e.part().text()};
          default -> new Object[] {"rules", index, e.part().text()};
        };
    Problem problem = file.problem(String.valueOf(e.getMessage()), steps);
    if (written == null) {
      return problem;
    }
    Place place = written.place(e.line(), e.column());
    return new Problem(
        problem.file(), place.line(), place.column(), problem.path(), problem.message());
  }
}
