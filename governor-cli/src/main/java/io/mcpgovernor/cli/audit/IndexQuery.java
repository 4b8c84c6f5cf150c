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
        where.indexed("tool IN (SELECT id FROM name WHERE text GLOB ?)");
        where.parameters.add(Glob.sqlite(filter.toolGlob()));
      } else {
        where.name("tool", filter.toolGlob());
      }
    }
    where.name("code", filter.code());
    if (filter.callId() != null) {
      where.indexed("call = ?");
      where.parameters.add(Hash64.of(filter.callId()));
    }
    if (filter.value() != null) {
      // As one parameter, because there may be more than SQLite takes parameters.
      where.indexed(
          "id IN (SELECT record FROM value WHERE hash IN (SELECT value FROM json_each(?)))");
      where.parameters.add(
          hashes.stream()
              .map(hash -> Long.toString(Hash64.of(hash)))
              .collect(Collectors.joining(",", "[", "]")));
    }
    // A few values each: no index would help.
    where.scanned("status", filter.status());
    where.scanned("event", filter.event());
    // The plus keeps SQLite from going by time where it can go by something more telling. Ids are
    // in the order of writing, so the newest come first without sorting, and the rest is not read.
    String time = where.hasIndexed ? "+ts" : "ts";
    if (filter.sinceMicros() != Long.MIN_VALUE) {
      where.conditions.add(time + " >= ?");
      where.parameters.add(filter.sinceMicros());
    }
    if (filter.untilMicros() != Long.MAX_VALUE) {
      where.conditions.add(time + " < ?");
      where.parameters.add(filter.untilMicros());
    }
    where.parameters.add(limit);
    return new IndexQuery(
        "SELECT id, ts, length FROM record"
            + (where.conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", where.conditions))
            + (where.hasIndexed ? " ORDER BY id DESC" : " ORDER BY ts DESC, id DESC")
            + " LIMIT ?",
        where.parameters);
  }

  private static final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();
    private boolean hasIndexed;

    void indexed(String condition) {
      conditions.add(condition);
      hasIndexed = true;
    }

    void name(String column, @Nullable String name) {
      if (name != null) {
        indexed(column + " = (SELECT id FROM name WHERE text = ?)");
        parameters.add(name);
      }
    }

    void scanned(String column, @Nullable String name) {
      if (name != null) {
        conditions.add(column + " = (SELECT id FROM name WHERE text = ?)");
        parameters.add(name);
      }
    }
  }
}
