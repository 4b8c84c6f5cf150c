package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * Says where the records stand that are asked for: an SQLite file beside one log's segments, made
 * from them and brought up to date before it is asked. It holds no line, and nothing that it says
 * is printed: lines are read from the segments, and have to match again.
 *
 * <p>Not thread-safe; several processes may have the same file open, and wait for each other.
 */
final class SearchIndex implements AutoCloseable {
  /** A record's id is its segment's number and, in the lower bits, its place in the content. */
  static final int PLACE_BITS = 33;

  private static final int APPLICATION_ID = 0x4D475349;
  private static final int VERSION = 1;

  /** Long enough for another search to index some ten million records. */
  private static final int BUSY_MILLIS = 120_000;

  private static final String[] TABLES = {
    "CREATE TABLE segment(number INTEGER PRIMARY KEY, gzip INT, file_bytes INT, file_micros INT,"
        + " content_bytes INT, last_at INT, last_hash BLOB, first_seq INT, bad INT, bad_at INT,"
        + " problem TEXT)",
    "CREATE TABLE member(segment INT, content_at INT, file_at INT,"
        + " PRIMARY KEY(segment, content_at)) WITHOUT ROWID",
    "CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    "CREATE TABLE record(id INTEGER PRIMARY KEY, ts INT, length INT, seq INT, user INT,"
        + " tenant INT, tool INT, status INT, event INT, code INT, call INT)",
    "CREATE TABLE value(hash INT, record INT, PRIMARY KEY(hash, record)) WITHOUT ROWID"
  };

  /** Columns with an index of their own, which is made after the first load: that is faster. */
  private static final String[] INDEXED = {"ts", "user", "tenant", "tool", "code", "call"};

  private final Connection connection;
  private final Path log;

  private SearchIndex(Connection connection, Path log) {
    this.connection = connection;
    this.log = log;
  }

  /**
   * Opens the index of a log, and makes it if it is not there.
   *
   * @throws SQLException if it is no index of ours, or damaged: see {@link IndexFile#isUseless}
   */
  static SearchIndex open(Path file, Path log) throws SQLException {
    Properties options = new Properties();
    options.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
    // As a URI, because a "?" in a path would begin options.
    Connection connection = JDBC.createConnection(JDBC.PREFIX + file.toUri(), options);
    try {
      SearchIndex index = new SearchIndex(connection, log);
      index.prepare();
      return index;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void prepare() throws SQLException {
    run("PRAGMA trusted_schema=OFF");
    run("PRAGMA cell_size_check=ON");
    run("PRAGMA cache_size=-65536");
    run("PRAGMA temp_store=MEMORY");
    run("PRAGMA synchronous=NORMAL");
    if (number("PRAGMA user_version") == 0 && number("PRAGMA application_id") == 0) {
      run("PRAGMA page_size=8192");
      run("BEGIN IMMEDIATE");
      // Another process may have been faster.
      if (number("SELECT count(*) FROM sqlite_schema") == 0) {
        for (String table : TABLES) {
          run(table);
        }
        run("PRAGMA application_id=" + APPLICATION_ID);
        run("PRAGMA user_version=" + VERSION);
      }
      run("COMMIT");
    }
    if (number("PRAGMA application_id") != APPLICATION_ID
        || number("PRAGMA user_version") != VERSION) {
      throw new SQLException("not a search index of this version");
    }
  }

  /**
   * Reads what is new in the segments, and forgets what is gone from them.
   *
   * @param trouble is told of everything that cannot be read, also what was found earlier
   * @param progress is told what is being read, where that takes long
   */
  void update(Trouble trouble, Progress progress) throws SQLException, IOException {
    IndexUpdate update = new IndexUpdate(connection, log, progress);
    if (!update.isCurrent()) {
      run("BEGIN IMMEDIATE");
      try {
        update.run();
        for (String column : INDEXED) {
          run("CREATE INDEX IF NOT EXISTS record_" + column + " ON record(" + column + ")");
        }
        run("COMMIT");
      } catch (SQLException | IOException | RuntimeException e) {
        rollback();
        throw e;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet bad =
            statement.executeQuery(
                "SELECT number, gzip, bad, bad_at, problem FROM segment"
                    + " WHERE bad > 0 OR problem IS NOT NULL ORDER BY number")) {
      while (bad.next()) {
        Path segment = log.resolve(SegmentFiles.name(bad.getInt(1), bad.getInt(2) != 0));
        trouble.badLines(segment, bad.getLong(3), bad.getLong(4));
        String problem = bad.getString(5);
        if (problem != null) {
          trouble.unreadable(segment, new IOException(problem));
        }
      }
    }
  }

  private void rollback() {
    try {
      run("ROLLBACK");
    } catch (SQLException e) {
      // Closing does it as well.
    }
  }

  /** Where the newest records asked for stand, at most so many, newest first. */
  List<Hit> newest(EntryFilter filter, int limit, int logIndex) throws SQLException {
    KnownValue value = filter.value();
    Collection<String> hashes = value == null ? List.of() : value.hashes(tenants(filter));
    IndexQuery query = IndexQuery.of(filter, hashes, limit);
    List<Hit> hits = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
      List<Object> parameters = query.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long id = rows.getLong(1);
          hits.add(
              new Hit(
                  rows.getLong(2),
                  logIndex,
                  (int) (id >>> PLACE_BITS),
                  id & ((1L << PLACE_BITS) - 1),
                  rows.getInt(3)));
        }
      }
    }
    hits.sort(Hit.NEWEST_FIRST);
    return hits;
  }

  /** The tenants whose records may match; an empty text for records without one. */
  private List<String> tenants(EntryFilter filter) throws SQLException {
    if (filter.tenant() != null) {
      return List.of(filter.tenant());
    }
    List<String> tenants = new ArrayList<>(List.of(""));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                // Goes from one tenant to the next in the index, past all their records.
                "WITH RECURSIVE t(id) AS (SELECT min(tenant) FROM record UNION ALL SELECT"
                    + " (SELECT min(tenant) FROM record WHERE tenant > t.id) FROM t"
                    + " WHERE t.id IS NOT NULL)"
                    + " SELECT text FROM t JOIN name ON name.id = t.id")) {
      while (rows.next()) {
        tenants.add(rows.getString(1));
      }
    }
    return tenants;
  }

  /** The members of a compressed segment. */
  List<GzipMembers.Member> members(int segment) throws SQLException {
    List<GzipMembers.Member> members = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT content_at, file_at FROM member WHERE segment = ? ORDER BY content_at")) {
      statement.setInt(1, segment);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          members.add(new GzipMembers.Member(rows.getLong(1), rows.getLong(2)));
        }
      }
    }
    return members;
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
