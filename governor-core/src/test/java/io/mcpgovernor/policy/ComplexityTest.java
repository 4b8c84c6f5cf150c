package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComplexityTest {
  private final Complexity rule = new Complexity(100);

  @Test
  void theScoreIsBasePlusQueryTextPlusArgumentsPlusNesting() {
    assertThat(score(Map.of())).isEqualTo(10);
    assertThat(score(Map.of("a", 1))).isEqualTo(10 + 5 + 10);
    assertThat(score(Map.of("a", 1, "b", Map.of("c", List.of())))).isEqualTo(10 + 10 + 30);
    assertThat(score(Map.of("a", List.of(Map.of("b", 1), 2)))).isEqualTo(10 + 5 + 30);
    assertThat(score(Map.of("query", "x".repeat(135)))).isEqualTo(10 + 5 + 10 + 1.35);
    Complexity.Score score = Complexity.score(Map.of("sql", "x".repeat(35)));
    assertThat(score.parts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("base", 10, "query_text", 0.35, "arguments", 5, "nesting", 10));
  }

  @Test
  void aCallIsDeniedFromTheMaximumOn() {
    assertThat(decide(Map.of("query", "x".repeat(7_499))).isAllowed()).isTrue();
    Decision.Deny deny = (Decision.Deny) decide(Map.of("query", "x".repeat(7_500)));
    assertThat(deny.code()).isEqualTo(DenialCode.COMPLEXITY);
    assertThat(deny.reason())
        .isEqualTo("Too complex: this call scores 100, and calls must score below 100.");
    assertThat(deny.metadata())
        .containsEntry("complexity_score", 100.0)
        .containsEntry("max_score", 100)
        .containsEntry(
            "complexity", Map.of("base", 10, "query_text", 75.0, "arguments", 5, "nesting", 10));
    assertThat(decide(Map.of("a", 1)).metadata()).containsEntry("complexity_score", 25.0);
  }

  @Test
  void contentIsAMatterOfSize() {
    String body = "Lorem ipsum ".repeat(10_000);
    assertThat(score(Map.of("content", body))).isEqualTo(25);
    assertThat(score(Map.of("file", Map.of("text", body), "lines", List.of(body))))
        .isEqualTo(10 + 10 + 20);
    assertThat(score(Map.of("selection", "selected".repeat(999)))).isEqualTo(25);
  }

  @Test
  void aStringIsAQueryByItsNameOrItsFirstWord() {
    for (String name : List.of("query", "SQL", "Where", "jql")) {
      assertThat(score(Map.of(name, "x".repeat(100)))).isEqualTo(26);
    }
    for (String text :
        List.of("SELECT 1", "  (select 1)", "With x as (1)", "{select}", "match(n)")) {
      double expected = text.startsWith("{") ? 25 : 25 + text.length() / 100.0;
      assertThat(score(Map.of("text", text))).as(text).isEqualTo(expected);
    }
    assertThat(score(Map.of("query", List.of("x".repeat(50), "y".repeat(50)))))
        .isEqualTo(10 + 1 + 5 + 20);
    assertThat(score(Map.of("a", Map.of("filter", "x".repeat(100))))).isEqualTo(10 + 1 + 5 + 20);
  }

  @Test
  void suggestionsNameTheHeaviestPartFirst() {
    Map<String, Object> many = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      many.put("argument" + i, i);
    }
    assertThat(suggestions(many).get(0)).isEqualTo("Pass fewer arguments (it weighs 100).");
    assertThat(suggestions(Map.of("query", "x".repeat(9_050))).get(0))
        .isEqualTo("Shorten the query, or split it into several simpler calls (it weighs 90.50).");
    Object deep = 1;
    for (int i = 0; i < 9; i++) {
      deep = List.of(deep);
    }
    assertThat(suggestions(Map.of("a", deep)).get(0))
        .isEqualTo("Pass flatter arguments (it weighs 100).");
  }

  @Test
  void evenACallWithoutArgumentsIsToldWhatToDo() {
    Decision.Deny deny =
        (Decision.Deny) new Complexity(10).decideNow(Calls.with(Json.EMPTY_OBJECT));
    assertThat(deny.suggestions()).containsExactly("Ask an administrator for a higher maximum.");
    assertThatThrownBy(() -> new Complexity(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> suggestions(Map<String, Object> arguments) {
    return ((Decision.Deny) decide(arguments)).suggestions();
  }

  private Decision decide(Map<String, Object> arguments) {
    return rule.decideNow(Calls.with(Json.of(arguments)));
  }

  private static double score(Map<String, Object> arguments) {
    return Complexity.score(arguments).total();
  }
}
