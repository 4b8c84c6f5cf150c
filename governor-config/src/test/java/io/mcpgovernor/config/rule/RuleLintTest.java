package io.mcpgovernor.config.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Warnings of rules that are most likely mistakes, and of no others. */
final class RuleLintTest {
  private static final List<Tool> TOOLS =
      List.of(tool("export"), tool("search"), tool("delete_row"));
  private static final EffectText LIMIT =
      new EffectText.Limit(1, Duration.ofMinutes(1), Set.of(By.USER));

  private static Tool tool(String name) {
    return Tool.of("crm", Json.of(Map.of("name", name))).build();
  }

  private static List<String> lint(RuleText... rules) {
    return new RuleLint(Rules.COMPILER)
        .lint(List.of(rules), TOOLS).stream()
            .map(warning -> warning.rule() + ": " + warning.text())
            .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "1 > 2",
        "args.limit > 5 && 'a' == 'b'",
        "[1, 2].exists(x, x > 3) && tool.name == 'export'"
      })
  void aConditionThatIsAlwaysFalseIsFound(String when) {
    assertThat(lint(Rules.text(when)))
        .contains("rule: it can never match: its condition is false whatever the call says");
  }

  @Test
  void globsAndConditionsThatFitNoToolAreFound() {
    assertThat(lint(Rules.text("a", "", LIMIT, "export", "exprot")))
        .contains("a: 'exprot' matches none of the tools there are");
    assertThat(lint(Rules.text("b", "tool.name == 'exprot' && args.x > 1", Rules.DENY)))
        .contains("b: it can never match: its condition holds for none of the tools there are");
  }

  @Test
  void aRuleAfterOneThatDeniesEverythingIsFound() {
    assertThat(
            lint(
                Rules.text("all", "", Rules.DENY, "crm.*"),
                Rules.text("some", "args.x > 1", Rules.DENY, "crm.export"),
                Rules.text("counted", "", LIMIT, "crm.ex*")))
        .containsExactly(
            "some: it never comes to it: 'all' denies every call of these tools before",
            "counted: it never comes to it: 'all' denies every call of these tools before");
  }

  @Test
  void aRuleWithTheConditionOfAnEarlierOneIsFound() {
    assertThat(
            lint(
                Rules.text("first", "args.limit > 1000", Rules.DENY),
                Rules.text("second", "args.limit  >  1000", Rules.DENY, "export"),
                Rules.text("third", "args.limit > 100", Rules.DENY)))
        .containsExactly(
            "second: it never comes to it: 'first' denies under the same condition before");
  }

  @Test
  void nothingIsSaidWhereNothingIsCertain() {
    assertThat(
            lint(
                Rules.text("narrow", "", Rules.DENY, "export"),
                Rules.text("wide", "", Rules.DENY, "crm.*"),
                Rules.text("hides", "", new EffectText.Hide(), "export"),
                // Narrower by its words, not by its globs.
                Rules.text("other", "args.x > 1", Rules.DENY, "*")))
        .isEmpty();
    assertThat(
            lint(
                with(Mode.SHADOW, Moment.CALL, ""),
                Rules.text("after-shadow", "args.x > 1", Rules.DENY)))
        .isEmpty();
    assertThat(
            lint(
                with(Mode.ENFORCE, Moment.RESULT, ""),
                Rules.text("before-result", "args.x > 1", Rules.DENY)))
        .isEmpty();
    assertThat(
            lint(Rules.text("counted", "", LIMIT), Rules.text("denied", "args.x > 1", Rules.DENY)))
        .isEmpty();
    assertThat(lint(Rules.text("fails", "1 / 0 == 1", Rules.DENY))).isEmpty();
    assertThat(lint(Rules.text("or", "false || args.x > 1", Rules.DENY))).isEmpty();
  }

  @Test
  void toolsThatNoRuleIsAboutAreNamed() {
    assertThat(
            lint(
                Rules.text("a", "args.x > 1", Rules.DENY, "export"),
                with(Mode.OFF, Moment.CALL, "")))
        .containsExactly(": no rule is about crm.delete_row, crm.search");
    assertThat(lint()).isEmpty();
  }

  @Test
  void withoutKnownToolsNothingIsSaidAboutTools() {
    assertThat(
            new RuleLint(Rules.COMPILER)
                .lint(List.of(Rules.text("a", "", Rules.DENY, "no_such")), List.of()))
        .isEmpty();
  }

  private static RuleText with(Mode mode, Moment moment, String when) {
    return new RuleText("first", "", when, List.of(), moment, mode, Rules.DENY);
  }
}
