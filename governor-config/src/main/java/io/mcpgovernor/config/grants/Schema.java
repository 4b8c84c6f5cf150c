package io.mcpgovernor.config.grants;

import java.sql.SQLException;
import java.util.List;

/** The tables, and the way from each version of them to the next. */
final class Schema {
  private static final int APPLICATION_ID = 0x4D474752;

  /** What makes version n of version n - 1. What was released is never changed here. */
  private static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              // What stands; each change of it is on record.
              "CREATE TABLE entry(subject TEXT NOT NULL, what TEXT NOT NULL, object TEXT NOT NULL,"
                  + " effect TEXT NOT NULL, expires_at TEXT, reason TEXT NOT NULL,"
                  + " made_by TEXT NOT NULL, made_at TEXT NOT NULL, revision INTEGER NOT NULL,"
                  + " PRIMARY KEY(subject, what, object, effect))",
              // What happened: the outbox while revision is null, then what others follow.
              "CREATE TABLE journal(number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
                  + " subject TEXT NOT NULL, what TEXT NOT NULL, object TEXT NOT NULL,"
                  + " effect TEXT NOT NULL, expires_at TEXT, reason TEXT NOT NULL,"
                  + " made_by TEXT NOT NULL, made_at TEXT NOT NULL, revision INTEGER)",
              "CREATE INDEX journal_revision ON journal(revision)",
              "CREATE TABLE state(id INTEGER PRIMARY KEY CHECK(id = 1),"
                  + " revision INTEGER NOT NULL, tenants_granted INTEGER NOT NULL)",
              "INSERT INTO state VALUES(1, 0, 0)"));

  private Schema() {}

  /**
   * Makes the tables, or brings them up to this version.
   *
   * @throws SQLException if it is another program's file, or of a later version
   */
  static void prepare(GrantDatabase database) throws SQLException {
    if (version(database) < MIGRATIONS.size()) {
      database.alone(
          () -> {
            // Another process may have been faster.
            for (int version = version(database); version < MIGRATIONS.size(); version++) {
              for (String sql : MIGRATIONS.get(version)) {
                database.run(sql);
              }
              database.run("PRAGMA application_id=" + APPLICATION_ID);
              database.run("PRAGMA user_version=" + (version + 1));
            }
            return null;
          });
    }
  }

  private static int version(GrantDatabase database) throws SQLException {
    int version = (int) database.number("PRAGMA user_version");
    long application = database.number("PRAGMA application_id");
    boolean isEmpty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (application != APPLICATION_ID && !(isEmpty && version == 0)) {
      throw new SQLException("is no store of grants", "", 26);
    }
    if (version > MIGRATIONS.size()) {
      throw new SQLException(
          "was made by a later version of the program (" + version + "); use that, or a later one");
    }
    return version;
  }
}
