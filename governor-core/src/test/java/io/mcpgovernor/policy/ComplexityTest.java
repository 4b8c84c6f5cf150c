package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void theStructureOfQueriesWeighsWhatTheWeigherSays() {
    Complexity weighing = new Complexity(100, joins(40.5));
    Decision once = weighing.decideNow(Calls.with(Json.of(Map.of("sql", "select"))));
    assertThat(once.metadata())
        .containsEntry("complexity_score", 25 + 0.06 + 40.5)
        .containsEntry(
            "complexity",
            Map.of(
                "base", 10, "query_text", 0.06, "arguments", 5, "nesting", 10, "structure", 40.5));
    Decision twice =
        weighing.decideNow(Calls.with(Json.of(Map.of("sql", List.of("select", "select")))));
    assertThat(twice.isAllowed()).isFalse();
    assertThat(twice.metadata()).containsEntry("complexity_score", 35 + 0.12 + 81);
  }

  @Test
  void thereIsNoStructureWhereTheWeigherKnowsNoneOrNoQueryIs() {
    Complexity weighing = new Complexity(100, joins(40));
    for (Map<String, Object> arguments :
        List.<Map<String, Object>>of(Map.of("query", "cheap flights"), Map.of("a", "joins"))) {
      assertThat(parts(facts(weighing, arguments))).doesNotContainKey("structure");
    }
    assertThat(parts(facts(new Complexity(100), Map.of("sql", "select"))))
        .doesNotContainKey("structure");
  }

  @Test
  void suggestionsNameTheThreeHeaviestPartsWhereverTheyAre() {
    QueryWeigher weigher =
        (name, query) ->
            new QueryWeight(
                90,
                List.of(
                    new QueryWeight.Part("1 level of sub-queries", 4, "Use fewer sub-queries"),
                    new QueryWeight.Part("3 joins", 15, "Join fewer tables"),
                    new QueryWeight.Part("no LIMIT", 71.5, "Add a LIMIT")));
    Decision.Deny deny =
        (Decision.Deny)
            new Complexity(100, weigher)
                .decideNow(Calls.with(Json.of(Map.of("a", Map.of("sql", "select")))));
    assertThat(deny.suggestions())
        .containsExactly(
            "Add a LIMIT: no LIMIT weighs 71.50.",
            "Pass flatter arguments (it weighs 20).",
            "Join fewer tables: 3 joins weigh 15.");
  }

  @Test
  void queriesThatAreTooLongAnywayAreNotRead() {
    QueryWeigher never =
        (name, query) -> {
          throw new AssertionError("was read");
        };
    Decision decision =
        new Complexity(100, never)
            .decideNow(Calls.with(Json.of(Map.of("sql", "select ".repeat(2_000)))));
    assertThat(decision.isAllowed()).isFalse();
  }

  @Test
  void queriesBeyondThirtyTwoWeighLikeTheHeaviestOfThose() {
    AtomicInteger read = new AtomicInteger();
    QueryWeigher weigher =
        (name, query) -> new QueryWeight(read.incrementAndGet() == 7 ? 10 : 1, List.of());
    Decision decision =
        new Complexity(1_000, weigher)
            .decideNow(Calls.with(Json.of(Map.of("sql", Collections.nCopies(40, "select")))));
    assertThat(read).hasValue(32);
    assertThat(parts(decision.metadata())).containsEntry("structure", 31.0 + 10 + 8 * 10);
  }

  @Test
  void eachToolMayHaveAMaximumOfItsOwn() {
    Complexity perTool =
        new Complexity(tool -> tool.name().equals("plain") ? 25 : 26, QueryWeigher.NONE);
    for (int round = 0; round < 2; round++) {
      assertThat(of(perTool, Calls.PLAIN).isAllowed()).isFalse();
      assertThat(of(perTool, Calls.PLAIN).metadata()).containsEntry("max_score", 25);
      assertThat(of(perTool, Calls.named("crm", "other")).isAllowed()).isTrue();
    }
    AtomicInteger below = new AtomicInteger();
    Complexity changing = new Complexity(tool -> below.get(), QueryWeigher.NONE);
    for (below.set(1); below.get() <= 50; below.incrementAndGet()) {
      Decision decision = of(changing, Calls.PLAIN);
      assertThat(decision.isAllowed()).isEqualTo(below.get() > 25);
      assertThat(decision.metadata()).containsEntry("max_score", below.get());
    }
  }

  @Test
  void aQueryDoesNotHideBehindAComment() {
    for (String comment :
        List.of("-- rows of interest\n", "/* all of them */ ", "# a\n", "/*a*/--b\n(", "/*!99 ")) {
      String text = comment + "select 1";
      assertThat(score(Map.of("text", text))).as(text).isEqualTo(25 + text.length() / 100.0);
    }
    assertThat(score(Map.of("text", "-- select 1"))).isEqualTo(25);
    assertThat(score(Map.of("text", "/*".repeat(500_000)))).isEqualTo(25);
  }

  private static QueryWeigher joins(double points) {
    return (name, query) ->
        query.startsWith("select")
            ? new QueryWeight(
                points, List.of(new QueryWeight.Part("3 joins", points, "Join fewer tables")))
            : null;
  }

  private static Decision of(Complexity rule, Tool tool) {
    return rule.decideNow(
        Calls.of(Principal.verified("alice"), null, tool, Json.of(Map.of("a", 1))));
  }

  private static Map<String, Object> facts(Complexity rule, Map<String, Object> arguments) {
    return rule.decideNow(Calls.with(Json.of(arguments))).metadata();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parts(Map<String, Object> facts) {
    return (Map<String, Object>) facts.get("complexity");
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
