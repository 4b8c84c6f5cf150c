package io.mcpgovernor.config.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.Condition.FailedException;
import io.mcpgovernor.policy.Condition.UnknowableException;
import io.mcpgovernor.policy.RuleFacts;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A condition that cannot be worked out fails, says where, and tells nothing of the call. */
final class FailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "args.absent > 1 | line 1, column 5 (args.absent): it asks for a field that is not there",
        "args['absent'] == 1 | line 1, column 5: it asks for a field that is not there",
        "args.none.x == 1 | column 10 (args.none.x): it asks for a field that is not there",
        "args.text.x == 1 | column 10 (args.text.x): it asks for a field that is not there",
        "tool.annotations.absent == 1 | column 17 (tool.annotations.absent): it asks for a field",
        "args.text > 1 | column 11: a value has a type that does not go with this",
        "args.text + 1 == 2 | column 11: a value has a type that does not go with this",
        "args.text | a value cannot be used like this",
        "args.ids[9] == 1 | column 9: it asks for an item beyond the end of a list",
        "args.ids[-1] == 1 | column 9: it asks for an item beyond the end of a list",
        "10 / args.zero == 1 | column 4: it divides by zero",
        "10 % args.zero == 1 | column 4: it divides by zero",
        "args.large * args.large > 1 | column 12: a number becomes too large",
        "int(args.text) == 1 | column 4: a value cannot be used like this",
        "timestamp(args.text) < call.time | column 10: a value cannot be used like this",
        "call.time.getHours(args.text) == 1 | a value cannot be used like this",
        "args.huge > 1 | (args.huge): a number is too large: rules compare up to 64 bits",
        "args.digits > 1 | (args.digits): a number has more digits than rules can compare",
        "1 == 1 && args.absent == 1 | column 15 (args.absent): it asks for a field",
      })
  void aConditionThatCannotBeWorkedOutFailsWithItsPlace(String when, String what) {
    String arguments =
        """
        {"none": null, "text": "S3CRET", "ids": ["S3CRET"], "zero": 0, "large": 9007199254740993,
         "huge": 123456789012345678901234567890, "digits": 1.00000000000000000000001}
        """;

    Throwable failure = catchThrowable(() -> Rules.holds(when, arguments));

    assertThat(failure).isInstanceOf(FailedException.class);
    assertThat(failure)
        .hasMessageStartingWith("the condition ")
        .hasMessageContaining(what.replace("a value cannot be used like this", ""))
        .hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("S3CRET", "12345");
  }

  @Test
  void anErrorThatDecidesNothingIsNoFailure() {
    assertThat(Rules.holds("args.absent == 1 && tool.name == 'other'", "{}")).isFalse();
    assertThat(Rules.holds("tool.name == 'other' && args.absent == 1", "{}")).isFalse();
    assertThat(Rules.holds("args.absent == 1 || tool.name == 'export'", "{}")).isTrue();
    assertThat(Rules.holds("has(args.absent) ? args.absent > 1 : true", "{}")).isTrue();
  }

  @Test
  void whatNobodyKnowsComesOutAsThat() {
    RuleFacts facts = TestFacts.with(Json.of(new MaskedMap(Map.of("known", 1, "masked", "***"))));

    assertThat(Rules.holds("args.known == 1", facts)).isTrue();
    assertThat(Rules.holds("has(args.masked) && 'known' in args && size(args) == 2", facts))
        .isTrue();
    assertThat(Rules.holds("args.masked == 'a' && tool.name == 'other'", facts)).isFalse();
    assertThat(Rules.holds("args.masked == 'a' || tool.name == 'export'", facts)).isTrue();
    for (String when :
        List.of(
            "args.masked == 'a'",
            "args['masked'] == 'a'",
            "'x' + args.masked == 'xa'",
            "args.exists(key, args[key] == 'a')",
            "args == {'masked': 'a', 'known': 1}",
            // Another error comes first, but this one might have decided.
            "args.absent == 1 && args.masked == 'a'",
            "[args].exists(a, a.masked == 'a')")) {
      assertThatThrownBy(() -> Rules.holds(when, facts))
          .as(when)
          .isInstanceOf(UnknowableException.class)
          .hasMessage("/masked");
    }
  }

  @Test
  void whatFactsDoNotKnowComesOutAsThat() {
    TestFacts call = TestFacts.with("{}");
    RuleFacts facts = new UnscoredFacts(call);

    assertThatThrownBy(() -> Rules.holds("score > 1.0", facts))
        .isInstanceOf(UnknowableException.class);
    assertThatThrownBy(() -> Rules.holds("tool.pii", facts))
        .isInstanceOf(UnknowableException.class);
  }

  @Test
  void argumentsCannotMakeARuleTakeLong() {
    List<Integer> items = Collections.nCopies(10_001, 1);
    assertThatThrownBy(
            () -> Rules.holds("args.items.all(x, x == 1)", facts(Map.of("items", items))))
        .hasMessageEndingWith("it goes through more than 10,000 items");
    List<Integer> some = new ArrayList<>(Collections.nCopies(5_000, 1));
    assertThatThrownBy(
            () ->
                Rules.holds(
                    "args.items.exists(x, args.items.all(y, x == y) && false)",
                    facts(Map.of("items", some))))
        .hasMessageEndingWith("it goes through more than 10,000 items");
    assertThatThrownBy(
            () ->
                Rules.holds("args.items.exists(x, 2 in args.items)", facts(Map.of("items", some))))
        .hasMessageEndingWith("it reads too much of the arguments");
    assertThatThrownBy(
            () ->
                Rules.holds(
                    "args.items.exists(x, args.text == 'b')",
                    facts(Map.of("items", some, "text", "a".repeat(100_000)))))
        .hasMessageEndingWith("it reads too much of the arguments");
    assertThatThrownBy(
            () -> Rules.holds("args.text.matches('b$')", facts(Map.of("text", "a".repeat(65_537)))))
        .hasMessageEndingWith("a text is too long to be matched");
    assertThatThrownBy(
            () ->
                Rules.holds(
                    "size(args.text + args.text) > 1", facts(Map.of("text", "a".repeat(40_000)))))
        .hasMessageEndingWith("a text becomes too long");
    assertThatThrownBy(
            () -> Rules.holds("size(args.items + args.items) > 1", facts(Map.of("items", items))))
        .hasMessageEndingWith("a list becomes too long");
  }

  @Test
  void deepArgumentsAreReadAsTheyAreAskedFor() {
    Object value = 1;
    for (int i = 0; i < 250; i++) {
      value = Map.of("a", value);
    }

    assertThat(Rules.holds("has(args.a.a.a.a) && args.a == args.a", facts(Map.of("a", value))))
        .isTrue();
  }

  private static RuleFacts facts(Map<String, ?> arguments) {
    return TestFacts.with(Json.of(arguments));
  }

  /** Arguments from a record in which values are masked. */
  private static final class MaskedMap extends AbstractMap<String, Object> {
    private final Map<String, Object> recorded;

    MaskedMap(Map<String, Object> recorded) {
      this.recorded = recorded;
    }

    @Override
    public Object get(Object key) {
      Object value = recorded.get(key);
      if ("***".equals(value)) {
        throw new UnknowableException("/" + key);
      }
      return value;
    }

    @Override
    public boolean containsKey(Object key) {
      return recorded.containsKey(key);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return recorded.entrySet();
    }
  }

  /** A call of which nobody knows what it weighs or what its tool reads. */
  private record UnscoredFacts(TestFacts known) implements RuleFacts {
    @Override
    public io.mcpgovernor.call.ToolCall call() {
      return known.call();
    }

    @Override
    public String protocol() {
      return known.protocol();
    }

    @Override
    public boolean readsPii() {
      throw new UnknowableException("whether the tool reads PII");
    }

    @Override
    public Set<String> tenants() {
      return known.tenants();
    }

    @Override
    public Set<String> permissions() {
      return known.permissions();
    }

    @Override
    public Map<String, Integer> argumentsPii() {
      return known.argumentsPii();
    }

    @Override
    public double score() {
      throw new UnknowableException("score");
    }

    @Override
    public long callsInWindow() {
      return known.callsInWindow();
    }

    @Override
    public long denialsInMinute() {
      return known.denialsInMinute();
    }

    @Override
    public RuleFacts.Result result() {
      return new RuleFacts.Result(0, Map.of(), false);
    }
  }
}
