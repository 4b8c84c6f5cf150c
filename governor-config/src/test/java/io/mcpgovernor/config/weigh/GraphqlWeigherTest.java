package io.mcpgovernor.config.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mcpgovernor.policy.QueryWeight;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphqlWeigherTest {
  private final GraphqlWeigher weigher = new GraphqlWeigher(GraphqlWeights.defaults());

  private List<String> parts(String document) {
    return weigher.weigh(document).heaviest().stream().map(QueryWeight.Part::what).toList();
  }

  @Test
  void depthFieldsAndAliasesWeigh() {
    QueryWeight weight = weigher.weigh("{ a { b c { d } } x: e y: e z: e }");
    assertThat(weight.points()).isEqualTo(3 * 3 + 7 * 0.5 + 3 * 2);
    assertThat(weight.heaviest())
        .containsExactly(
            new QueryWeight.Part("selection 3 levels deep", 9, "Select fewer levels"),
            new QueryWeight.Part("3 aliases", 6, "Ask for a field only once"),
            new QueryWeight.Part("7 fields", 3.5, "Select fewer fields"));
  }

  @Test
  void listsWeighByWhatTheyAskForAndInnerOnesForEachItemOfTheOuter() {
    assertThat(parts("{ a(first: 50) { b(limit: 20) { c } } }")).contains("1050 items asked for");
    assertThat(parts("{ a(page: {size: 30}) { b } }")).contains("30 items asked for");
    assertThat(parts("query Q($n: Int) { a(first: $n) { b(last: 2) { c } } }"))
        .contains("300 items asked for");
    assertThat(parts("{ a(id: 70, first: -5) { b } }"))
        .noneMatch(part -> part.endsWith("asked for"));
    String deep = "{ a(first: 99999999999999999999)".repeat(10) + "{ b }" + "}".repeat(10);
    assertThat(weigher.weigh(deep).points()).isEqualTo(200);
    assertThat(parts(deep)).contains("1000000000000 items asked for");
  }

  @Test
  void fragmentsCountWhereverTheyAreUsed() {
    String fragment = " fragment F on T { p { q } }";
    assertThat(parts("{ a { ...F } b { ...F } }" + fragment))
        .contains("6 fields", "selection 3 levels deep");
    assertThat(parts("{ a { ... on T { p { q } } } }"))
        .contains("3 fields", "selection 3 levels deep");
    assertThat(parts("{ a }" + fragment)).contains("1 field");
    assertThat(parts(fragment + " { a }")).contains("1 field");
  }

  @Test
  void fragmentsOfFragmentsAreCountedWithoutBeingMade() {
    StringBuilder laughs = new StringBuilder("{ ...F0 }");
    for (int i = 0; i < 60; i++) {
      laughs.append(" fragment F%d on T { a { ...F%d ...F%d } }".formatted(i, i + 1, i + 1));
    }
    laughs.append(" fragment F60 on T { a }");
    QueryWeight weight =
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> weigher.weigh(laughs.toString()));
    assertThat(weight.points()).isEqualTo(200);
    assertThat(weight.heaviest())
        .extracting(QueryWeight.Part::what)
        .contains("1000000000000 fields", "selection 61 levels deep");
  }

  @Test
  void fragmentsThatContainThemselvesWeighTheMostThereIs() {
    for (String document :
        List.of(
            "{ ...F } fragment F on T { a ...F }",
            "{ ...F } fragment F on T { a { ...G } } fragment G on T { b { ...F } }")) {
      assertThat(weigher.weigh(document).heaviest())
          .containsExactly(
              new QueryWeight.Part(
                  "GraphQL with fragments that contain themselves",
                  200,
                  "Write fragments that end"));
    }
  }

  @Test
  void allOperationsOfADocumentAreWeighed() {
    assertThat(parts("query A { a { b } } mutation B { c }"))
        .contains("3 fields", "1 more operation", "selection 2 levels deep");
    assertThat(parts("type T { a: Int }")).isEmpty();
  }

  @Test
  void whatIsTooMuchOrCannotBeReadWeighsTheMostThereIs() {
    assertThat(parts("{ a ")).containsExactly("GraphQL that cannot be read");
    assertThat(parts("")).containsExactly("GraphQL that cannot be read");
    assertThat(parts("{ a".repeat(80) + "}".repeat(80))).containsExactly("GraphQL nested too deep");
    assertThat(parts("{ a(b: " + "[".repeat(3_000) + "]".repeat(3_000) + ") }"))
        .first()
        .asString()
        .startsWith("GraphQL ");
    assertThat(parts("{ " + "a ".repeat(6_000) + "}"))
        .containsExactly("GraphQL of more than 5,000 words");
    assertThat(weigher.weigh("{ a ").points()).isEqualTo(200);
  }

  @Test
  void aDocumentOfEveryCapEndsSoon() {
    for (String text :
        List.of(
            "{ " + "a ".repeat(4_900) + "}",
            "{ a " + "@b ".repeat(2_400) + "}",
            "{ a(b: [" + "[],".repeat(1_600) + "]) }",
            "{ a(b: \"" + "x".repeat(40_000) + "\") }",
            "{ a" + " #\n".repeat(12_000) + "}",
            "{".repeat(4_900),
            "{ a(b: " + "{c: ".repeat(1_500),
            "\"\"\"".repeat(1_000),
            "{ ...".repeat(1_000))) {
      assertTimeoutPreemptively(Duration.ofSeconds(5), () -> weigher.weigh(text), text);
    }
  }

  @Test
  void partsNameNothingOfTheQuery() {
    assertThat(
            parts(
                "query zzQ { zza: zzb(first: 7, zzc: \"zzd\") { ...zzF } } fragment zzF on zzT { zze }"))
        .hasSizeGreaterThan(3)
        .noneMatch(part -> part.contains("zz"));
  }
}
