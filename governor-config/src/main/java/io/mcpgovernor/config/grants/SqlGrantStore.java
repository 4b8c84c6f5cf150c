package io.mcpgovernor.config.grants;

import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantChange.Kind;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.GrantStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps grants in an SQLite file. Several processes may have it open: the governors that answer
 * from it, and the {@code governor grants} command. What a method has done when it returns is on
 * disk and survives the loss of power.
 *
 * <p>Needs {@code org.xerial:sqlite-jdbc} on the class path, and a file system of this machine.
 * Thread-safe.
 */
public final class SqlGrantStore implements GrantStore {
  /** So many changes are remembered for processes that follow; who is further back reads all. */
  private static final int JOURNAL_MAX = 1_000;

  private static final String SAME_THING =
      " WHERE subject = ? AND what = ? AND object = ? AND (effect = ? OR ?)";

  private final Path file;
  private @Nullable GrantDatabase database;
  private long dataVersion;

  private SqlGrantStore(Path file, GrantDatabase database) {
    this.file = file;
    this.database = database;
  }

  /**
   * Opens a store, and makes it if it is not there: the file readable by its owner only, like the
   * directory if that has to be made.
   *
   * @throws GrantStoreException if it cannot be opened, or its driver is missing
   */
  public static SqlGrantStore open(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      StoreFile.make(absolute);
      return new SqlGrantStore(absolute, GrantDatabase.open(absolute));
    } catch (NoClassDefFoundError e) {
      throw new GrantStoreException(
          "a store of grants needs org.xerial:sqlite-jdbc on the class path", e);
    } catch (SQLException | IOException e) {
      throw GrantDatabase.failure(absolute, e);
    }
  }

  @Override
  public synchronized Contents load() {
    return asking(
        db -> {
          reopen();
          GrantDatabase fresh = opened();
          long version = fresh.dataVersion();
          Contents contents =
              fresh.atOnce(
                  () ->
                      new Contents(
                          revision(fresh),
                          standing(fresh),
                          fresh.number("SELECT tenants_granted FROM state") != 0,
                          pending(fresh)));
          dataVersion = version;
          return contents;
        });
  }

  /** What has been in the cache of a connection says nothing about the file as it is now. */
  private void reopen() throws SQLException, IOException {
    GrantDatabase old = database;
    GrantDatabase fresh = GrantDatabase.open(file);
    database = fresh;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public synchronized @Nullable Changes changesSince(long since) {
    return asking(
        db -> {
          if (!db.isUntouched()) {
            return null;
          }
          long version = db.dataVersion();
          Changes changes =
              db.atOnce(
                  () -> {
                    long revision = revision(db);
                    long oldest =
                        db.number("SELECT min(revision) FROM journal WHERE revision IS NOT NULL");
                    boolean isKnown =
                        since == revision
                            || (since < revision && oldest > 0 && since >= oldest - 1);
                    return isKnown ? new Changes(revision, settled(db, since), pending(db)) : null;
                  });
          dataVersion = version;
          return changes;
        });
  }

  @Override
  public synchronized boolean mayHaveChanged() {
    return asking(db -> !db.isUntouched() || db.dataVersion() != dataVersion);
  }

  @Override
  public synchronized void make(GrantChange change) {
    writing(
        db ->
            db.alone(
                () -> {
                  stand(db, change, next(db, change));
                  return null;
                }));
  }

  @Override
  public synchronized long propose(GrantChange change) {
    return writing(
        db ->
            db.alone(
                () -> {
                  if (db.number("SELECT count(*) FROM journal WHERE revision IS NULL")
                      >= PENDING_MAX) {
                    throw new GrantStoreException(
                        PENDING_MAX
                            + " changes wait to be put on record already; start the governor that"
                            + " does it");
                  }
                  return journal(db, change, null);
                }));
  }

  @Override
  public synchronized boolean settle(long number) {
    return writing(
        db ->
            db.alone(
                () -> {
                  GrantChange change = pendingChange(db, number);
                  if (change == null) {
                    return true;
                  }
                  if (isOvertaken(db, number, change.grant())) {
                    db.update("DELETE FROM journal WHERE number = ?", number);
                    return false;
                  }
                  long revision = revision(db) + 1;
                  db.update("UPDATE journal SET revision = ? WHERE number = ?", revision, number);
                  stand(db, change, revision);
                  return true;
                }));
  }

  /** Whether something was made about the same after a change was handed in. */
  private static boolean isOvertaken(GrantDatabase db, long number, Grant grant)
      throws SQLException {
    @Nullable Object[] values = GrantRows.values(grant);
    return db.number(
            "SELECT count(*) FROM journal WHERE revision IS NOT NULL AND number > ?"
                + " AND subject = ? AND what = ? AND object = ?",
            number,
            values[0],
            values[1],
            values[2])
        > 0;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** Writes a change into the journal that is on record already. */
  private static long next(GrantDatabase db, GrantChange change) throws SQLException {
    long revision = revision(db) + 1;
    journal(db, change, revision);
    return revision;
  }

  private static void stand(GrantDatabase db, GrantChange change, long revision)
      throws SQLException {
    Grant grant = change.grant();
    boolean isPut = change.kind() == Kind.PUT;
    @Nullable Object[] values = GrantRows.values(grant);
    db.update(
        "DELETE FROM entry" + SAME_THING,
        values[0],
        values[1],
        values[2],
        values[3],
        isPut && grant.expiresAt() == null); // for good: its opposite ends as well
    if (isPut) {
      if (db.number("SELECT count(*) FROM entry") >= GRANTS_MAX) {
        throw new GrantStoreException(
            "there are " + GRANTS_MAX + " grants already; remove some, or grant to roles");
      }
      db.update(
          "INSERT INTO entry(" + GrantRows.COLUMNS + ", revision) VALUES(?,?,?,?,?,?,?,?,?)",
          with(values, revision));
    }
    boolean isTenantGrant = isPut && grant.what() == What.TENANT && grant.effect() == Effect.GRANT;
    db.update(
        "UPDATE state SET revision = ?, tenants_granted = max(tenants_granted, ?)",
        revision,
        isTenantGrant ? 1 : 0);
    db.update(
        "DELETE FROM journal WHERE revision IS NOT NULL AND revision <= ?", revision - JOURNAL_MAX);
  }

  private static long journal(GrantDatabase db, GrantChange change, @Nullable Long revision)
      throws SQLException {
    db.update(
        "INSERT INTO journal("
            + GrantRows.COLUMNS
            + ", revision, kind)"
            + " VALUES(?,?,?,?,?,?,?,?,?,?)",
        with(with(GrantRows.values(change.grant()), revision), change.kind().name()));
    return db.number("SELECT last_insert_rowid()");
  }

  private static @Nullable Object[] with(@Nullable Object[] values, @Nullable Object last) {
    @Nullable Object[] more = Arrays.copyOf(values, values.length + 1);
    more[values.length] = last;
    return more;
  }

  private static long revision(GrantDatabase db) throws SQLException {
    return db.number("SELECT revision FROM state");
  }

  private static List<Grant> standing(GrantDatabase db) throws SQLException {
    List<Grant> grants = new ArrayList<>();
    try (PreparedStatement statement =
            db.prepared("SELECT * FROM entry ORDER BY revision LIMIT " + (GRANTS_MAX + 1));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        grants.add(GrantRows.grant(rows));
      }
    }
    return grants;
  }

  private static List<GrantChange> settled(GrantDatabase db, long since) throws SQLException {
    List<GrantChange> changes = new ArrayList<>();
    try (PreparedStatement statement =
            db.prepared("SELECT * FROM journal WHERE revision > ? ORDER BY revision", since);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        changes.add(GrantRows.change(rows));
      }
    }
    return changes;
  }

  private static List<Pending> pending(GrantDatabase db) throws SQLException {
    List<Pending> pending = new ArrayList<>();
    try (PreparedStatement statement =
            db.prepared("SELECT * FROM journal WHERE revision IS NULL ORDER BY number");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        pending.add(new Pending(rows.getLong("number"), GrantRows.change(rows)));
      }
    }
    return pending;
  }

  private static @Nullable GrantChange pendingChange(GrantDatabase db, long number)
      throws SQLException {
    try (PreparedStatement statement =
            db.prepared("SELECT * FROM journal WHERE revision IS NULL AND number = ?", number);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? GrantRows.change(row) : null;
    }
  }

  private interface Question<T extends @Nullable Object> {
    T ask(GrantDatabase db) throws SQLException, IOException;
  }

  private <T extends @Nullable Object> T asking(Question<T> question) {
    try {
      return question.ask(opened());
    } catch (SQLException | IOException e) {
      throw GrantDatabase.failure(file, e);
    }
  }

  /** Does something alone and durably, in the file that others see. */
  private <T extends @Nullable Object> T writing(Question<T> question) {
    return asking(
        db -> {
          db.checkPresent();
          return question.ask(db);
        });
  }

  private GrantDatabase opened() {
    GrantDatabase db = database;
    if (db == null) {
      throw new GrantStoreException("the store of grants " + file + " is closed");
    }
    return db;
  }

  @Override
  public synchronized void close() {
    GrantDatabase db = database;
    database = null;
    if (db != null) {
      try {
        db.close();
      } catch (SQLException e) {
        throw GrantDatabase.failure(file, e);
      }
    }
  }
}
