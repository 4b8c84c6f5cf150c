package io.mcpgovernor.config.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpgovernor.policy.QueryWeight;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlWeigherTest {
  private final SqlWeights weights = SqlWeights.defaults();
  private final SqlWeigher weigher = new SqlWeigher(weights);

  private List<String> parts(String sql) {
    return weigher.weigh(sql).heaviest().stream().map(QueryWeight.Part::what).toList();
  }

  @Test
  void aReadThatChoosesAndIsLimitedWeighsNothing() {
    QueryWeight weight = weigher.weigh("SELECT a, b FROM t WHERE a = 1 ORDER BY b LIMIT 10");
    assertThat(weight.points()).isZero();
    assertThat(weight.heaviest()).isEmpty();
    assertThat(parts("SELECT 1")).isEmpty();
    assertThat(parts("VALUES (1), (2)")).isEmpty();
    assertThat(parts("INSERT INTO t (a) VALUES (1), (2)")).isEmpty();
  }

  @Test
  void joinsWeighByTheirKind() {
    QueryWeight weight =
        weigher.weigh(
            "SELECT a.x FROM a JOIN b ON a.i = b.i JOIN c USING (j) LEFT JOIN d ON d.k = c.k"
                + " WHERE a.x = 1 LIMIT 9");
    assertThat(weight.points()).isEqualTo(2 * weights.join() + weights.outerJoin());
    assertThat(weight.heaviest())
        .containsExactly(
            new QueryWeight.Part("2 joins", 10, "Join fewer tables"),
            new QueryWeight.Part("1 outer join", 8, "Join fewer tables"));
    assertThat(parts("SELECT a.x FROM (a NATURAL JOIN b) JOIN c ON b.i = c.i WHERE x = 1 LIMIT 9"))
        .containsExactly("2 joins");
    assertThat(parts("SELECT a.x FROM a CROSS JOIN LATERAL f(a.y) g WHERE a.x = 1 LIMIT 9"))
        .containsExactly("1 join");
    assertThat(parts("MERGE INTO t USING s ON t.i = s.i WHEN MATCHED THEN UPDATE SET a = s.a"))
        .containsExactly("1 join");
  }

  @Test
  void tablesThatNoConditionTiesTogetherAreMultipliedHoweverThatIsWritten() {
    for (String from :
        List.of(
            "a, b WHERE a.x = 1",
            "a CROSS JOIN b WHERE a.x = 1",
            "a JOIN b ON 1 = 1 WHERE a.x = 1",
            "a JOIN b ON true WHERE a.x = 1 AND b.y = 2",
            "a JOIN b ON a.i = b.i OR 1 = 1 WHERE a.x = 1",
            "a LEFT JOIN b ON b.y = 1 WHERE a.x = 1",
            "a, (SELECT z FROM c WHERE z = 1) b WHERE a.x = 1")) {
      assertThat(parts("SELECT a.x FROM " + from + " LIMIT 9"))
          .as(from)
          .contains("1 cross join")
          .doesNotContain("1 join", "1 outer join");
    }
    assertThat(parts("SELECT a.x FROM a, b, c, d WHERE a.i = b.i AND c.i = d.i LIMIT 9"))
        .containsExactly("1 cross join", "2 joins");
    for (String from :
        List.of(
            "a, b WHERE a.i = b.i AND a.x = 1",
            "a, b WHERE (a.x = 1) AND (b.i = A.I)",
            "a, b WHERE i = j",
            "s.a, s.b WHERE a.i = s.b.i",
            "a CROSS JOIN b WHERE a.i = b.i",
            "a CROSS JOIN (SELECT count(*) n FROM c WHERE z = 1) b WHERE a.x = 1")) {
      assertThat(parts("SELECT x FROM " + from + " LIMIT 9"))
          .as(from)
          .contains("1 join")
          .doesNotContain("1 cross join");
    }
  }

  @Test
  void aWhereHasToChoose() {
    for (String where :
        List.of("", "WHERE 1 = 1", "WHERE true", "WHERE x = 1 OR 1 = 1", "WHERE NOT 1 = 2")) {
      assertThat(parts("SELECT a FROM t " + where + " LIMIT 9"))
          .as(where)
          .containsExactly("no WHERE");
    }
    assertThat(parts("SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.i = t.i) LIMIT 9"))
        .doesNotContain("no WHERE");
    assertThat(parts("SELECT a FROM (SELECT b FROM t) s WHERE a = 1 LIMIT 9"))
        .doesNotContain("no WHERE");
    assertThat(parts("(SELECT a FROM t) UNION SELECT b FROM u LIMIT 9"))
        .contains("2 reads without WHERE");
  }

  @Test
  void aLimitHasToBound() {
    for (String limit :
        List.of(
            "",
            "LIMIT ALL",
            "LIMIT 10001",
            "LIMIT 5 * 1000",
            "LIMIT 99999999999999999999",
            "FETCH FIRST 50 PERCENT ROWS ONLY")) {
      assertThat(parts("SELECT a FROM t WHERE x = 1 " + limit))
          .as(limit)
          .containsExactly("no LIMIT");
    }
    for (String limit :
        List.of("LIMIT 10000", "LIMIT ?", "LIMIT 5 OFFSET 10", "FETCH FIRST 5 ROWS ONLY")) {
      assertThat(parts("SELECT a FROM t WHERE x = 1 " + limit)).as(limit).isEmpty();
    }
    assertThat(parts("SELECT TOP 5 a FROM t WHERE x = 1")).isEmpty();
    assertThat(parts("SELECT count(*), max(a) + 1 FROM t WHERE x = 1")).isEmpty();
    assertThat(parts("SELECT b, sum(a) FROM t WHERE x = 1 GROUP BY b")).isEmpty();
    assertThat(parts("SELECT max(a) OVER () FROM t WHERE x = 1")).containsExactly("no LIMIT");
    assertThat(parts("SELECT (SELECT max(b) FROM u WHERE y = 1) FROM t WHERE x = 1"))
        .contains("no LIMIT");
  }

  @Test
  void queriesInQueriesWeighByLevelAndByNumber() {
    QueryWeight weight =
        weigher.weigh(
            "SELECT a FROM t WHERE b IN (SELECT b FROM u WHERE c IN (SELECT c FROM v WHERE d = 1))"
                + " AND e = (SELECT max(e) FROM w WHERE f = 1) LIMIT 9");
    assertThat(weight.heaviest())
        .extracting(QueryWeight.Part::what, QueryWeight.Part::points)
        .containsExactly(tuple("2 levels of sub-queries", 20.0), tuple("3 sub-queries", 6.0));
    assertThat(parts("WITH x AS (SELECT a FROM t WHERE b = 1) SELECT a FROM x LIMIT 9"))
        .containsExactly("1 level of sub-queries", "1 sub-query");
    assertThat(parts("DELETE FROM t WHERE a IN (SELECT a FROM u WHERE b = 1)"))
        .containsExactly("1 level of sub-queries", "1 sub-query");
    assertThat(parts("INSERT INTO t SELECT a FROM u WHERE b = 1")).isEmpty();
    assertThat(
            parts("SELECT a FROM t WHERE x = 1 ORDER BY (SELECT 1) LIMIT (SELECT max(n) FROM m)"))
        .as("wherever they stand, and whether the library's walk comes by or not")
        .contains("2 sub-queries");
  }

  @Test
  void recursionWeighsWithTheKeywordAndWithout() {
    String body =
        " n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n LIMIT 9";
    assertThat(parts("WITH RECURSIVE" + body)).contains("recursion", "1 set operation");
    assertThat(parts("WITH" + body)).contains("recursion");
    assertThat(parts("WITH n AS (SELECT i FROM n WHERE i = 1) SELECT i FROM n LIMIT 9"))
        .as("a table of that name")
        .doesNotContain("recursion");
    assertThat(parts("SELECT a FROM t START WITH p IS NULL CONNECT BY PRIOR id = p"))
        .contains("recursion");
  }

  @Test
  void writingAllRowsWeighsMore() {
    assertThat(parts("UPDATE t SET a = 1")).containsExactly("UPDATE without WHERE");
    assertThat(parts("UPDATE t SET a = 1 WHERE 1 = 1")).containsExactly("UPDATE without WHERE");
    assertThat(parts("DELETE FROM t")).containsExactly("DELETE without WHERE");
    assertThat(parts("TRUNCATE TABLE t")).containsExactly("TRUNCATE");
    assertThat(parts("DROP TABLE t")).containsExactly("DROP");
    assertThat(parts("UPDATE t SET a = 1 WHERE b = 2")).isEmpty();
    assertThat(parts("UPDATE t SET a = u.a FROM u WHERE u.i = t.i")).containsExactly("1 join");
    assertThat(parts("DELETE FROM t USING u WHERE t.x = 1")).containsExactly("1 cross join");
    assertThat(weigher.weigh("UPDATE t SET a = 1").points()).isEqualTo(weights.noWhereOnWrite());
  }

  @Test
  void allStatementsOfATextAreWeighedAndThoseWithin() {
    assertThat(parts("SELECT a FROM t WHERE x = 1 LIMIT 1; DELETE FROM t; SELECT * FROM u, v"))
        .contains(
            "DELETE without WHERE",
            "1 cross join",
            "no WHERE",
            "no LIMIT",
            "2 more statements",
            "SELECT *");
    for (String text :
        List.of(
            "EXPLAIN SELECT a.x FROM a, b",
            "CREATE TABLE c AS SELECT a.x FROM a, b",
            "CREATE VIEW c AS SELECT a.x FROM a, b",
            "INSERT INTO c SELECT a.x FROM a, b",
            "BEGIN SELECT a.x FROM a, b; END",
            "WITH c AS (SELECT a.x FROM a, b) DELETE FROM d WHERE x IN (SELECT x FROM c)",
            "SELECT x FROM t UNION SELECT a.x FROM a, b",
            "UPDATE t SET x = (SELECT max(a.x) FROM a, b)")) {
      assertThat(parts(text)).as(text).contains("1 cross join");
    }
    assertThat(parts("CALL f(1)")).containsExactly("a call of other code");
  }

  @Test
  void whatCannotBeReadWeighsTheMostThereIs() {
    for (String broken :
        List.of("SELECT FROM WHERE", "SELECT 'a", "SELECT a FROM t |> JOIN u", "SELECT \u0000")) {
      assertThat(weigher.weigh(broken).points()).as(broken).isEqualTo(weights.most());
    }
    assertThat(weigher.weigh("SELECT FROM WHERE").heaviest())
        .containsExactly(
            new QueryWeight.Part("SQL that cannot be read", 200, "Write plain, standard SQL"));
    QueryWeight heavy = weigher.weigh("SELECT 1 FROM " + "a, ".repeat(99) + "a");
    assertThat(heavy.points()).as("so that broken syntax is no way around").isEqualTo(200);
    assertThat(heavy.heaviest().get(0).what()).isEqualTo("99 cross joins");
  }

  @Test
  void codeThatDatabasesRunAndTheParserSkipsIsNotOverlooked() {
    for (String comment :
        List.of("/*! , b */", "/*!50000 , b */", "/*M! , b */", "/* /* */ , b */")) {
      assertThat(parts("SELECT x FROM a " + comment + " WHERE x = 1 LIMIT 1"))
          .as(comment)
          .containsExactly("SQL in a comment");
    }
    for (String comment : List.of("/* /! */", "/*+ INDEX(a) */", "-- /*! b\n", "")) {
      assertThat(parts("SELECT x FROM a " + comment + " WHERE x = '/*! */' LIMIT 1"))
          .as(comment)
          .isEmpty();
    }
  }

  @Test
  void dialectsAreReadWhereThatTakesNoGuess() {
    assertThat(parts("SELECT [a] FROM [my table] WHERE [x] = 1")).containsExactly("no LIMIT");
    assertThat(parts("SELECT `a` FROM `t` WHERE `x` = 1 LIMIT 1, 2")).isEmpty();
    assertThat(parts("SELECT $q$ it's ( $q$ FROM t WHERE \"x\"::int = 1 LIMIT 1")).isEmpty();
    assertThat(parts("SELECT a[1] FROM t WHERE x = ANY(ARRAY[1, 2]) LIMIT 1")).isEmpty();
  }

  @Test
  void partsNameNothingOfTheQuery() {
    QueryWeight weight =
        weigher.weigh(
            "WITH RECURSIVE zzcte AS (SELECT * FROM zzt UNION SELECT zza FROM zzcte, zzu) SELECT"
                + " *, 'zzlit' FROM zzcte x LEFT JOIN zzv ON x.i = zzv.i, zzw; DELETE FROM zzt;"
                + " DROP TABLE zzt; CALL zzf(77777)");
    assertThat(weight.heaviest()).hasSizeGreaterThan(8);
    assertThat(weight.heaviest().toString()).doesNotContain("zz", "77777");
  }

  @Test
  void weightsAreNumbersFromZeroOn() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SqlWeights(-1, 8, 50, 2, 10, 10, 5, 15, 80, 10, 10_000, 40, 30, 5, 200));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GraphqlWeights(1, Double.NaN, 1, 1, 1, 1, 1));
    SqlWeights none = new SqlWeights(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 200);
    assertThat(new SqlWeigher(none).weigh("SELECT * FROM a, b").heaviest()).isEmpty();
  }
}
