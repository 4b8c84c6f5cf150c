package io.mcpgovernor.config.weigh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpgovernor.policy.QueryWeigher;
import io.mcpgovernor.policy.QueryWeight;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Weighs SQL and GraphQL by their structure. What kind of query a text is, its argument says, where
 * that is declared or is called {@code sql} or {@code graphql}; else its first words do.
 *
 * <p>Bounded for any text: what is too long or nested too deep is not parsed and weighs the most
 * there is, like what cannot be parsed. Reading takes about as long as all other policies together;
 * what the last texts weighed is remembered. Immutable but for that, and thread-safe.
 */
public final class StructureWeigher implements QueryWeigher {
  /** Longer texts are not read: 40 times what anyone writes, and a fifth of a second to parse. */
  static final int CHARACTERS_MAX = 50_000;

  /** Of longer texts is not remembered what they weigh, so that 512 of them are 4 MB at most. */
  private static final int REMEMBERED_CHARACTERS_MAX = 4_096;

  private static final int REMEMBERED_MAX = 512;

  private final SqlWeights sqlWeights;
  private final GraphqlWeights graphqlWeights;
  private final Map<String, QueryKind> declared;
  private final SqlWeigher sql;
  private final GraphqlWeigher graphql;
  // By the whole text, not its hash: who finds two texts with one hash must not gain by it.
  private final Cache<Query, QueryWeight> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

  private record Query(QueryKind kind, String text) {}

  /**
   * A weigher.
   *
   * @param declared what is in arguments (or fields of them) by name, whatever its case; {@code
   *     OTHER} for those that hold no query although they are called, or sound, like one
   */
  public StructureWeigher(SqlWeights sql, GraphqlWeights graphql, Map<String, QueryKind> declared) {
    this.sqlWeights = sql;
    this.graphqlWeights = graphql;
    this.declared = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.declared.putAll(declared);
    this.sql = new SqlWeigher(sql);
    this.graphql = new GraphqlWeigher(graphql);
  }

  /** A weigher with the usual weights that tells kinds by name and first words. */
  public static StructureWeigher defaults() {
    return new StructureWeigher(SqlWeights.defaults(), GraphqlWeights.defaults(), Map.of());
  }

  @Override
  public @Nullable QueryWeight weigh(String name, String query) {
    QueryKind kind = declared.get(name);
    if (kind == null) {
      kind = KindOfQuery.of(name.toLowerCase(Locale.ROOT), query);
    }
    if (kind == QueryKind.OTHER) {
      return null;
    }
    if (query.length() > CHARACTERS_MAX) {
      return Tally.most(
          kind == QueryKind.SQL ? sqlWeights.most() : graphqlWeights.most(),
          "a query of more than 50,000 characters",
          "Split the query, or pass fewer values");
    }
    if (query.length() > REMEMBERED_CHARACTERS_MAX) {
      return weigh(kind, query);
    }
    return remembered.get(new Query(kind, query), key -> weigh(key.kind, key.text));
  }

  private QueryWeight weigh(QueryKind kind, String query) {
    return kind == QueryKind.SQL ? sql.weigh(query) : graphql.weigh(query);
  }

  @Override
  public String settings() {
    return sqlWeights.toString() + graphqlWeights + declared;
  }
}
