package io.mcpgovernor.config.weigh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.policy.Complexity;
import io.mcpgovernor.policy.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructureWeigherTest {
  private static final String CROSS = "SELECT a.x FROM a, b";

  private final StructureWeigher weigher = StructureWeigher.defaults();

  @Test
  void sqlIsToldByItsArgumentOrItsFirstWords() {
    for (String name : List.of("sql", "SQL")) {
      assertThat(weigher.weigh(name, "no such thing").points()).isEqualTo(200);
    }
    for (String text :
        List.of(
            CROSS,
            "  ((select a.x from a, b))",
            "-- why\n/* and how */ " + CROSS,
            "WITH c AS (SELECT 1) " + CROSS,
            "explain " + CROSS,
            "EXPLAIN (ANALYZE) " + CROSS,
            "INSERT INTO c " + CROSS,
            "create or replace view c as " + CROSS,
            "CREATE TABLE c AS " + CROSS,
            "begin " + CROSS + "; end",
            "UPDATE a SET x = 1",
            "DELETE FROM a",
            "TRUNCATE a",
            "truncate table a",
            "DROP TABLE a",
            "MERGE INTO a USING b ON 1 = 1 WHEN MATCHED THEN DELETE")) {
      assertThat(weigher.weigh("query", text)).as(text).isNotNull();
      assertThat(weigher.weigh("query", text).points()).as(text).isPositive();
    }
  }

  @Test
  void graphqlIsToldByItsArgumentOrItsFirstWords() {
    assertThat(weigher.weigh("graphql", "no such thing {").points()).isEqualTo(200);
    for (String text :
        List.of(
            "{ a }",
            " {a: b}",
            "{ ...F } fragment F on T { a }",
            "fragment F on T { a } query { ...F }",
            "query Q($x: Int) { a }",
            "# why\nmutation { a }",
            "subscription { a }")) {
      assertThat(weigher.weigh("query", text)).as(text).isNotNull();
      assertThat(weigher.weigh("query", text).points()).as(text).isPositive().isLessThan(200);
    }
  }

  @Test
  void proseJsonAndOtherLanguagesAreNotWeighed() {
    for (String text :
        List.of(
            "cheap flights",
            "select a restaurant",
            "with regards to the report",
            "update the ticket",
            "create a summary of the table",
            "explain how tables are selected",
            "truncate the text to 100 words",
            "query the index",
            "{\"match\": {\"a\": 1}}",
            "{ age: { $gt: 5 } }",
            "{}",
            "status = 'open'",
            "SELECT 1",
            "")) {
      assertThat(weigher.weigh("query", text)).as(text).isNull();
    }
    assertThat(weigher.weigh("sparql", "SELECT ?x FROM <g> WHERE { ?x ?y ?z }")).isNull();
    assertThat(weigher.weigh("Cypher", "MATCH (n) RETURN n")).isNull();
  }

  @Test
  void whatIsDeclaredComesBeforeWhatIsGuessed() {
    StructureWeigher declared =
        new StructureWeigher(
            SqlWeights.defaults(),
            GraphqlWeights.defaults(),
            Map.of("q", QueryKind.SQL, "prompt", QueryKind.OTHER, "sql", QueryKind.GRAPHQL));
    assertThat(declared.weigh("Q", "FROM a, b").points()).isEqualTo(200);
    assertThat(declared.weigh("prompt", CROSS)).isNull();
    assertThat(declared.weigh("sql", "{ a }").points()).isEqualTo(3.5);
  }

  @Test
  void aTextThatIsTooLongIsNotRead() {
    String longest = CROSS + " ".repeat(StructureWeigher.CHARACTERS_MAX - CROSS.length());
    assertThat(weigher.weigh("sql", longest).points()).isLessThan(200);
    assertThat(weigher.weigh("sql", longest + " ").heaviest().get(0).what())
        .isEqualTo("a query of more than 50,000 characters");
  }

  @Test
  void aTextWeighsTheSameEachTimeAndInEachKind() {
    assertThat(weigher.weigh("sql", CROSS))
        .isSameAs(weigher.weigh("query", CROSS))
        .isEqualTo(StructureWeigher.defaults().weigh("sql", CROSS));
    assertThat(weigher.weigh("graphql", CROSS).points()).isEqualTo(200);
    assertThat(weigher.weigh("sql", CROSS).points()).isEqualTo(75);
  }

  @Test
  void settingsAreEqualWhereAnswersAre() {
    assertThat(weigher.settings()).isEqualTo(StructureWeigher.defaults().settings());
    assertThat(
            new StructureWeigher(
                    SqlWeights.defaults(), GraphqlWeights.defaults(), Map.of("q", QueryKind.SQL))
                .settings())
        .isNotEqualTo(weigher.settings());
  }

  @Test
  void aDenialTellsWhatToWriteInstead() {
    Decision.Deny deny = (Decision.Deny) decide("SELECT * FROM a, b, c, d WHERE a.i = b.i");
    assertThat(deny.suggestions())
        .containsExactly(
            "Tie the tables together by a condition on columns of both: 2 cross joins weigh 100.",
            "Pass flatter arguments (it weighs 10).",
            "Add a LIMIT of 10000 or less: no LIMIT weighs 10.");
    assertThat(((Decision.Deny) decide("SELECT FROM")).suggestions().get(0))
        .isEqualTo("Write plain, standard SQL: SQL that cannot be read weighs 200.");
    assertThat(
            decide(
                    "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id LEFT JOIN"
                        + " items i ON i.order_id = o.id WHERE o.status = 'open' LIMIT 100")
                .isAllowed())
        .isTrue();
    assertThat(decide("UPDATE accounts SET balance = 0").isAllowed()).isFalse();
  }

  private Decision decide(String sql) {
    Tool tool = Tool.of("db", Json.of(Map.of("name", "run"))).build();
    ToolCall call =
        new ToolCall(
            "call-1",
            Principal.verified("alice"),
            null,
            tool,
            Json.of(Map.of("sql", sql)),
            Instant.EPOCH);
    return new Complexity(100, weigher).decide(call).toCompletableFuture().join();
  }
}
