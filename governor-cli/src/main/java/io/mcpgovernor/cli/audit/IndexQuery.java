package io.mcpgovernor.cli.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter in SQL. What users ask for is bound as parameters, never written into it.
 *
 * @param sql gives id, time and length of records
 */
record IndexQuery(String sql, List<Object> parameters) {
  /**
   * The query for a filter.
   *
   * @param hashes of the value that is looked for, if there is one: what records hold in its place
   */
  static IndexQuery of(EntryFilter filter, Collection<String> hashes, int limit) {
    Conditions where = new Conditions();
    where.name("user", filter.user());
    where.name("tenant", filter.tenant());
    if (filter.toolGlob() != null) {
      if (Glob.isPattern(filter.toolGlob())) {
        where.add(
            "tool IN (SELECT id FROM name WHERE text GLOB ?)", Glob.sqlite(filter.toolGlob()));
      } else {
        where.name("tool", filter.toolGlob());
      }
    }
    where.name("code", filter.code());
    if (filter.callId() != null) {
      where.add("call = ?", Hash64.of(filter.callId()));
    }
    if (filter.value() != null) {
      // As one parameter, because there may be more than SQLite takes parameters.
      where.add(
          "id IN (SELECT record FROM value WHERE hash IN (SELECT value FROM json_each(?)))",
          hashes.stream()
              .map(hash -> Long.toString(Hash64.of(hash)))
              .collect(Collectors.joining(",", "[", "]")));
    }
    where.name("status", filter.status());
    where.name("event", filter.event());
    // Ids are in the order of writing: the newest come first without sorting, and what is beyond
    // the limit is not read. Segments say between which ids a time can be.
    if (filter.sinceMicros() != Long.MIN_VALUE) {
      where.conditions.add(
          "ts >= ? AND id >= (SELECT min(number) FROM segment WHERE max_ts >= ?) << 33");
      where.parameters.add(filter.sinceMicros());
      where.parameters.add(filter.sinceMicros());
    }
    if (filter.untilMicros() != Long.MAX_VALUE) {
      where.conditions.add(
          "ts < ? AND id < ((SELECT max(number) FROM segment WHERE min_ts < ?) + 1) << 33");
      where.parameters.add(filter.untilMicros());
      where.parameters.add(filter.untilMicros());
    }
    where.parameters.add(limit);
    return new IndexQuery(
        "SELECT id, ts, length FROM record"
            + (where.conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", where.conditions))
            + " ORDER BY id DESC LIMIT ?",
        where.parameters);
  }

  private static final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    void add(String condition, Object parameter) {
      conditions.add(condition);
      parameters.add(parameter);
    }

    void name(String column, @Nullable String name) {
      if (name != null) {
        add(column + " = (SELECT id FROM name WHERE text = ?)", name);
      }
    }
  }
}
