package io.mcpgovernor.config.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.config.rule.RuleTextException.Part;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a rule is found when it is loaded, and said with its place. */
final class RuleTextErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tool.name == | 1:13 | CEL cannot read it",
        "tool.name = 'a' | 1:11 | CEL cannot read it",
        "tool.nmae == 'a' | 1:5 | 'tool' has no field 'nmae'; did you mean 'name'?",
        "has(usage.calls) | 1:4 | 'usage' has no field 'calls'; there is calls_hour",
        "tol.name == 'a' | 1:1 | there is no variable 'tol'; did you mean 'tool'?",
        "score > 1 && xyzzy | 1:14 | there is no variable 'xyzzy'; there is tool, args, args_pii",
        "tool.name.startWith('a') | 1:20 | there is no function 'startWith'; did you mean 'startsWith'?",
        "tool.name > 5 | 1:11 | '>' does not go with (string, int)",
        "tool.name | 1:5 | this is string where true or false is needed",
        "score + 1.0 | 1:7 | this is double where true or false is needed",
        "args_pii.emial > 0 | 1:9 | there is no kind of PII 'emial'; did you mean 'email'?",
        "'emial' in args_pii | 1:1 | there is no kind of PII 'emial'; did you mean 'email'?",
        "args_pii['emial'] > 0 | 1:10 | there is no kind of PII 'emial'; did you mean 'email'?",
        "tool.name.matches(args.p) | 1:23 | a pattern must stand in the rule as a text",
        "tool.name.matches('(') | 1:19 | the pattern is none that RE2 reads",
        "call.time.getHours('Europe/Wien') == 1 | 1:20 | there is no time zone 'Europe/Wien'",
        "args.x > 9007199254740992.0 | 1:10 | doubles this large are not exact",
        "args.list.exists(args, args == 1) | 1:17 | 'args' is a variable of rules",
        "governor.tool{name: 'a'}.name == 'a' | 1:14 | rules cannot make messages",
        "result.bytes > 5 | 1:1 | there is no 'result' before the call has run: say 'on: result'",
        "tool.name.replace('a', 'b') == '' | 1:18 | there is no function 'replace'",
      })
  void aConditionThatCannotBeUsedSaysWhereAndWhy(String when, String place, String what) {
    RuleTextException wrong = wrong(Rules.text(when));

    assertThat(wrong.part()).isEqualTo(Part.WHEN);
    assertThat(wrong.rule()).isEqualTo("rule");
    assertThat(wrong).hasMessageStartingWith(what);
    assertThat(wrong.line() + ":" + wrong.column()).isEqualTo(place);
  }

  @Test
  void linesAreCounted() {
    RuleTextException wrong =
        wrong(Rules.text("tool.name == 'ä😀' &&\n  args.limit > 1 &&\n  tool.nmae == ''"));

    assertThat(wrong.line()).isEqualTo(3);
    assertThat(wrong.column()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"args.a > 1", "args_pii.email > 0", "score > 1.0", "usage.calls_hour > 1"})
  void aRuleThatHidesCannotAskAboutTheCall(String when) {
    RuleTextException wrong = wrong(Rules.text("hides", when, new EffectText.Hide()));

    assertThat(wrong.part()).isEqualTo(Part.WHEN);
    assertThat(wrong).hasMessageContaining("lists of tools have no call");
  }

  @Test
  void whatIsTooLargeSaysWhichBound() {
    assertThat(wrong(Rules.text("score > 1.0 || ".repeat(1_000) + "true")))
        .hasMessage("it is too long: at most 4,096 characters");
    assertThat(wrong(Rules.text("1 in [" + "1,".repeat(1_500) + "1]")))
        .hasMessage("it is too large: at most 1,000 parts once its macros are written out");
    assertThat(wrong(Rules.text("(".repeat(60) + "true" + ")".repeat(60))))
        .hasMessageStartingWith("it nests too deep: at most 50");
    assertThat(wrong(Rules.text("'a'" + " + 'a'".repeat(60) + " == ''")))
        .hasMessageStartingWith("it nests too deep: at most 50");
    assertThat(wrong(Rules.text("args" + ".a".repeat(60) + " == 1")))
        .hasMessageStartingWith("it nests too deep: at most 50");
    assertThat(wrong(Rules.text("[1]" + ".map(x, x)".repeat(9) + " == []")))
        .hasMessage("it costs too much: at most 8 macros that go through lists or maps");
    assertThat(wrong(Rules.text("tenant.matches('((a{100}){100}){100}')")))
        .hasMessageStartingWith("the pattern is too large");
    assertThat(wrong(Rules.text("tenant.matches('" + "a".repeat(501) + "')")))
        .hasMessageStartingWith("the pattern is too large: at most 500 characters");
  }

  @Test
  void usualPatternsAreSmallEnough() {
    assertThat(Rules.holds("'2026-12-01' .matches('^\\\\d{4}-\\\\d{2}-\\\\d{2}$')", "{}")).isTrue();
    assertThat(
            Rules.holds(
                "'DE89370400440532013000'.matches('^[A-Z]{2}[0-9]{2}(?:[A-Z0-9]{1,4}){2,7}.{0,200}$')",
                "{}"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{args.limit | 1:1 | '{' has no '}'",
        "At most {arg.limit} | 1:9 | there is no variable 'arg'; did you mean 'args'?",
        "{usage.calls_huor} | 1:1 | 'usage' has no field 'calls_huor'; did you mean 'calls_hour'?",
        "{user.id} | 1:1 | reasons quote numbers, booleans and members of args",
        "{tenant} | 1:1 | reasons quote numbers",
        "{call.time} | 1:1 | reasons quote numbers",
        "{tool.tags} | 1:1 | reasons quote numbers",
        "{score.x} | 1:1 | 'score' has no fields",
        "{args_pii.emial} | 1:1 | there is no kind of PII 'emial'; did you mean 'email'?",
        "{result.bytes} | 1:1 | there is no 'result' before the call has run",
        "{} | 1:1 | braces hold a name such as args.limit",
        "{args..x} | 1:1 | braces hold a name such as args.limit",
      })
  void aReasonThatCannotBeUsedSaysWhereAndWhy(String reason, String place, String what) {
    RuleTextException wrong = wrong(Rules.text("rule", "true", Rules.deny(reason)));

    assertThat(wrong.part()).isEqualTo(Part.REASON);
    assertThat(wrong).hasMessageStartingWith(what);
    assertThat(wrong.line() + ":" + wrong.column()).isEqualTo(place);
  }

  @Test
  void everyOtherPartIsCheckedToo() {
    assertThat(part("Bad Name", Rules.DENY)).isEqualTo(Part.NAME);
    assertThat(part("rule", Rules.DENY, " ")).isEqualTo(Part.TOOLS);
    assertThat(part("rule", Rules.DENY, "a".repeat(257))).isEqualTo(Part.TOOLS);
    assertThat(part("rule", Rules.deny(" "))).isEqualTo(Part.REASON);
    assertThat(part("rule", Rules.deny("a".repeat(501)))).isEqualTo(Part.REASON);
    assertThat(part("rule", new EffectText.Deny("No.", List.of()))).isEqualTo(Part.SUGGESTIONS);
    assertThat(part("rule", new EffectText.Deny("No.", List.of(" ")))).isEqualTo(Part.SUGGESTIONS);
    assertThat(part("rule", new EffectText.Deny("No.", Collections.nCopies(6, "Ask."))))
        .isEqualTo(Part.SUGGESTIONS);
    assertThat(part("rule", new EffectText.Limit(0, Duration.ofHours(1), Set.of(By.USER))))
        .isEqualTo(Part.LIMIT);
    assertThat(part("rule", new EffectText.Limit(1, Duration.ofDays(2), Set.of(By.USER))))
        .isEqualTo(Part.LIMIT);
    assertThat(part("rule", new EffectText.Limit(1, Duration.ofHours(1), Set.of())))
        .isEqualTo(Part.LIMIT);
    assertThat(part("rule", new EffectText.Mask(false, Set.of()))).isEqualTo(Part.MASK);
    assertThat(part("rule", new EffectText.Mask(false, Set.of("emial")))).isEqualTo(Part.MASK);
    assertThat(wrong(Rules.onResult("true", new EffectText.Hide())).part()).isEqualTo(Part.ON);
  }

  private static Part part(String name, EffectText effect, String... tools) {
    return wrong(new RuleText(name, "", "true", List.of(tools), Moment.CALL, Mode.ENFORCE, effect))
        .part();
  }

  private static RuleTextException wrong(RuleText rule) {
    return catchThrowableOfType(RuleTextException.class, () -> Rules.COMPILER.compile(rule));
  }
}
