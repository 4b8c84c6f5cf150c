package io.mcpgovernor.cli.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the rows of records. Not thread-safe. */
final class IndexRows {
  /** Names that are remembered; those of users come from others and may be any number. */
  private static final int NAMES_MAX = 50_000;

  /** Hashes are put in sorted, or each would go to another page: so many at a time. */
  private static final int VALUES_MAX = 500_000;

  private record Value(long hash, long record) {}

  private final Connection connection;
  private final Map<String, Long> names = new HashMap<>();
  private final List<Value> values = new ArrayList<>();
  private @Nullable PreparedStatement insert;

  IndexRows(Connection connection) {
    this.connection = connection;
  }

  void add(int segment, long at, int length, LogEntry entry) throws SQLException {
    if (at >= 1L << SearchIndex.PLACE_BITS) {
      throw new SQLException("a segment is too large to be indexed");
    }
    long id = (long) segment << SearchIndex.PLACE_BITS | at;
    if (insert == null) {
      insert =
          connection.prepareStatement(
              "INSERT OR REPLACE INTO record VALUES(?,?,?,?,?,?,?,?,?,?,?)");
    }
    insert.setLong(1, id);
    insert.setLong(2, entry.atMicros());
    insert.setInt(3, length);
    insert.setLong(4, entry.seq());
    setName(insert, 5, entry.user());
    setName(insert, 6, entry.tenant());
    setName(insert, 7, entry.tool());
    setName(insert, 8, entry.status());
    setName(insert, 9, entry.event());
    setName(insert, 10, entry.code());
    if (entry.callId() == null) {
      insert.setNull(11, Types.INTEGER);
    } else {
      insert.setLong(11, Hash64.of(entry.callId()));
    }
    insert.executeUpdate();
    for (String value : Set.copyOf(entry.values())) {
      values.add(new Value(Hash64.of(value), id));
    }
    if (values.size() > VALUES_MAX) {
      writeValues();
    }
  }

  /** Writes what waits, and lets go of statements. */
  void finish() throws SQLException {
    writeValues();
    if (insert != null) {
      insert.close();
      insert = null;
    }
  }

  private void writeValues() throws SQLException {
    values.sort(Comparator.comparingLong(Value::hash).thenComparingLong(Value::record));
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT OR IGNORE INTO value VALUES(?,?)")) {
      for (Value value : values) {
        statement.setLong(1, value.hash);
        statement.setLong(2, value.record);
        statement.executeUpdate();
      }
    }
    values.clear();
  }

  private void setName(PreparedStatement statement, int column, @Nullable String name)
      throws SQLException {
    if (name == null) {
      statement.setNull(column, Types.INTEGER);
    } else {
      statement.setLong(column, name(name));
    }
  }

  private long name(String name) throws SQLException {
    Long known = names.get(name);
    if (known != null) {
      return known;
    }
    try (PreparedStatement add =
        connection.prepareStatement("INSERT OR IGNORE INTO name(text) VALUES(?)")) {
      add.setString(1, name);
      add.executeUpdate();
    }
    try (PreparedStatement find =
        connection.prepareStatement("SELECT id FROM name WHERE text = ?")) {
      find.setString(1, name);
      try (ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("a name that was added is not there");
        }
        if (names.size() >= NAMES_MAX) {
          names.clear();
        }
        names.put(name, row.getLong(1));
        return row.getLong(1);
      }
    }
  }
}
