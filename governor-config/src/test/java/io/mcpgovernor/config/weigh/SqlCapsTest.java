package io.mcpgovernor.config.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mcpgovernor.policy.QueryWeight;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a parser is fed is bounded, and what it takes with that. */
class SqlCapsTest {
  /** What opens and closes a level, or opens one that nothing closes. */
  private static final List<List<String>> WRAPS =
      List.of(
          List.of("(", ")"),
          List.of("f(", ")"),
          List.of("coalesce(a || ", ")"),
          List.of("NOT ", ""),
          List.of("NOT (", ")"),
          List.of("- (", ")"),
          List.of("CASE WHEN a = 1 THEN ", " ELSE 2 END"),
          List.of("CASE WHEN ", " THEN 1 END"),
          List.of("a IN (SELECT b FROM t WHERE ", ")"),
          List.of("EXISTS (SELECT 1 FROM t WHERE ", ")"),
          List.of("(SELECT ", " FROM t)"),
          List.of("(a, ", ")"),
          List.of("ARRAY[", "]"),
          List.of("{a: ", "}"),
          List.of("f(x -> ", ")"),
          List.of("a OR ", ""),
          List.of("a BETWEEN ", " AND 3"),
          List.of("sum(a) OVER (PARTITION BY ", ")"),
          List.of("CAST(", " AS int)"),
          List.of("row(", ")"),
          List.of("a ? b : ", ""),
          List.of("a ? INTERVAL NOT ", ""));

  private final SqlWeigher weigher = new SqlWeigher(SqlWeights.defaults());

  @Test
  void nestingIsCappedWhateverItIsMadeOf() {
    for (List<String> wrap :
        List.of(
            List.of("(", ")"),
            List.of("f(", ")"),
            List.of("CASE WHEN a = 1 THEN ", " END"),
            List.of("ARRAY[", "]"))) {
      assertThat(nested(wrap, CappedTokens.DEPTH_MAX)).as(wrap.get(0)).isEmpty();
      assertThat(nested(wrap, CappedTokens.DEPTH_MAX + 1))
          .as(wrap.get(0))
          .containsExactly("SQL nested deeper than 40 levels");
    }
    assertThat(nested(List.of("(", ""), 10_000))
        .as("nobody has to close them")
        .containsExactly("SQL nested deeper than 40 levels");
    assertThat(parts("SELECT 1 FROM t WHERE " + "NOT ".repeat(40) + "a = 1 LIMIT 1")).isEmpty();
    assertThat(parts("SELECT 1 FROM t WHERE " + "NOT ".repeat(41) + "a = 1 LIMIT 1"))
        .containsExactly("SQL nested deeper than 40 levels");
  }

  private List<String> nested(List<String> wrap, int levels) {
    return parts(
        "SELECT 1 FROM t WHERE x = 1 AND a = "
            + wrap.get(0).repeat(levels)
            + "1"
            + wrap.get(1).repeat(levels)
            + " LIMIT 1");
  }

  @Test
  void bracketsInTextAreNoNestingAndThoseAfterItAre() {
    String deep = "(".repeat(100);
    for (String text : List.of("'" + deep + "'", "'it''s " + deep + "'", "$q$" + deep + "$q$")) {
      assertThat(
              parts("SELECT " + text + ", \"" + deep + "\" FROM t WHERE x = 1 LIMIT 1 -- " + deep))
          .as(text)
          .isEmpty();
    }
    for (String quote :
        List.of("'", "'it''s'", "'\\'", "$a$ ' $a$", "\"'\"", "-- '\n", "/* ' */")) {
      assertThat(parts("SELECT " + quote + deep + "1"))
          .as("no quote that one reads so and another otherwise hides brackets: " + quote)
          .first()
          .asString()
          .startsWith("SQL ");
    }
  }

  @Test
  void wordsAreCapped() {
    String list = "1, ".repeat(CappedTokens.TOKENS_MAX / 2 - 10);
    assertThat(parts("SELECT a FROM t WHERE a IN (" + list + "1) LIMIT 1")).isEmpty();
    assertThat(parts("SELECT a FROM t WHERE a IN (" + list + list + "1) LIMIT 1"))
        .containsExactly("SQL of more than 5,000 words");
  }

  @Test
  void questionMarksAreCappedWhereTheyAreNoValues() {
    String read = "SELECT a FROM t WHERE x = ? AND ";
    assertThat(parts(read + "a IN (?" + ", ?".repeat(500) + ") AND b BETWEEN ? AND ? LIMIT ?"))
        .isEmpty();
    assertThat(parts(read + "b = ?" + " AND c ? 'k'".repeat(16) + " LIMIT 1")).isEmpty();
    assertThat(parts(read + "b = ?" + " AND c ? 'k'".repeat(17) + " LIMIT 1"))
        .containsExactly("SQL with more than 16 question marks as operators");
  }

  @Test
  void longChainsEndOneWayOrTheOther() {
    for (String link :
        List.of(
            "a = 1 OR ",
            "a = 1 AND ",
            "(a = 1) OR ",
            "a || ",
            "a + ",
            "a -> ",
            "a.",
            "- ",
            "a = ",
            "a, ",
            "a::int::",
            "a BETWEEN 1 AND ",
            "a COLLATE ",
            "NOT a AND ",
            "SELECT 1 UNION ",
            "BEGIN ",
            "IF a ",
            "EXPLAIN ",
            "INTERVAL ",
            "WITH a AS ",
            ";",
            "'",
            "$",
            "$a",
            "/*",
            "--",
            "\\",
            "[",
            "\"")) {
      String chain = link.repeat(StructureWeigher.CHARACTERS_MAX / link.length() / 2);
      for (String text : List.of(chain, "SELECT 1 FROM t WHERE " + chain + "1")) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> weigher.weigh(text), link);
      }
      // The longest that is taken.
      String taken = "SELECT 1 FROM t WHERE " + link.repeat(CappedTokens.TOKENS_MAX / 6) + "1";
      assertTimeoutPreemptively(Duration.ofSeconds(5), () -> weigher.weigh(taken), link);
    }
  }

  @Test
  void noMixOfWhatNestsTakesExponentialTime() {
    Random random = new Random(20_261_128);
    List<String> frames =
        List.of("SELECT %s FROM t", "SELECT 1 FROM t WHERE %s", "UPDATE t SET a = %s", "%s");
    for (int i = 0; i < 600; i++) {
      int depth = CappedTokens.DEPTH_MAX - random.nextInt(4);
      int kinds = 1 + random.nextInt(3);
      List<List<String>> wraps = random.ints(kinds, 0, WRAPS.size()).mapToObj(WRAPS::get).toList();
      StringBuilder before = new StringBuilder();
      StringBuilder after = new StringBuilder();
      for (int level = 0; level < depth; level++) {
        before.append(wraps.get(level % kinds).get(0));
        after.insert(0, wraps.get(level % kinds).get(1));
      }
      String end = List.of(after.toString(), "", after + ")", " FROM FROM" + after).get(i % 4);
      String text = frames.get(random.nextInt(frames.size())).replace("%s", before + "1" + end);
      assertTimeoutPreemptively(Duration.ofSeconds(5), () -> weigher.weigh(text), text);
    }
  }

  @Test
  void aSmallStackIsNoWayOut() throws InterruptedException {
    String deep = "SELECT 1 FROM t WHERE a = " + "f(".repeat(40) + "1" + ")".repeat(40);
    QueryWeight[] weight = new QueryWeight[1];
    Thread small =
        new Thread(null, () -> weight[0] = weigher.weigh(deep + " OR a -> b".repeat(400)), "s", 1);
    small.start();
    small.join();
    assertThat(weight[0]).isNotNull();
  }

  private List<String> parts(String sql) {
    return weigher.weigh(sql).heaviest().stream().map(QueryWeight.Part::what).toList();
  }
}
