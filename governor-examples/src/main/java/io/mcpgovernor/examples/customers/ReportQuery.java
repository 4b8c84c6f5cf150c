package io.mcpgovernor.examples.customers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL that somebody else wrote. What it may read is decided by the rights of the connection's
 * user (see {@link SampleSchema}); here are the limits: one statement, that is a query, in bounded
 * time, with a bounded result.
 */
final class ReportQuery {

  static final int ROWS_MAX = 1_000;
  private static final int CHARACTERS_MAX = 1_000_000;
  private static final int SECONDS_MAX = 2;

  private ReportQuery() {}

  static Report run(Connection connection, String tenant, String sql) throws SQLException {
    // Only a hint to H2: what forbids writing is that the user has no right to.
    connection.setReadOnly(true);
    connection.setSchema(tenant.toUpperCase(Locale.ROOT));
    try (PreparedStatement statement = connection.prepareStatement(oneStatement(sql))) {
      statement.setQueryTimeout(SECONDS_MAX);
      // One more than wanted tells whether there are more.
      statement.setMaxRows(ROWS_MAX + 1);
      try (ResultSet result = statement.executeQuery()) {
        return reportOf(result);
      }
    }
  }

  /**
   * H2 would run a second statement after a semicolon, and a user without any right may still set
   * the session's timeout or its own password. A semicolon inside a literal is refused as well,
   * which is cheaper than to parse.
   */
  private static String oneStatement(String sql) throws SQLException {
    String statement = sql.strip();
    if (statement.endsWith(";")) {
      statement = statement.substring(0, statement.length() - 1);
    }
    if (statement.indexOf(';') >= 0) {
      throw new SQLException("A report is one statement, without a semicolon inside");
    }
    return statement;
  }

  private static Report reportOf(ResultSet result) throws SQLException {
    ResultSetMetaData metaData = result.getMetaData();
    int width = metaData.getColumnCount();
    List<String> columns = new ArrayList<>(width);
    for (int i = 1; i <= width; i++) {
      columns.add(metaData.getColumnLabel(i));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    long characters = 0;
    boolean truncated = false;
    while (!truncated && result.next()) {
      List<@Nullable Object> row = new ArrayList<>(width);
      for (int i = 1; i <= width; i++) {
        Object cell = cell(result, i);
        row.add(cell);
        characters += cell instanceof String text ? text.length() : 0;
      }
      truncated = rows.size() == ROWS_MAX || characters > CHARACTERS_MAX;
      if (!truncated) {
        rows.add(Collections.unmodifiableList(row));
      }
    }
    return new Report(List.copyOf(columns), List.copyOf(rows), truncated);
  }

  /** Dates, arrays and what else H2 knows become their text. */
  private static @Nullable Object cell(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean bool -> bool;
      default -> result.getString(column);
    };
  }
}
