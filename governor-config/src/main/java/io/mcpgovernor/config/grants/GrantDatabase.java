package io.mcpgovernor.config.grants;

import io.mcpgovernor.policy.GrantStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * One connection to the database, and whether its file is still the one that was opened: a file
 * that is deleted or replaced can be read on for as long as it is open. Not thread-safe.
 */
final class GrantDatabase implements AutoCloseable {
  /** How long to wait for another process that writes. */
  private static final int BUSY_MILLIS = 2_000;

  /**
   * What tells one file from another, and whether the database itself was written, which happens
   * when its log is taken in.
   */
  private record Identity(@Nullable Object key, long bytes, long modifiedMillis) {}

  /** Does something with the database. */
  interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  private final Path file;
  private final Connection connection;
  private Identity identity;

  private GrantDatabase(Path file, Connection connection, Identity identity) {
    this.file = file;
    this.connection = connection;
    this.identity = identity;
  }

  /**
   * Opens a file that is there; if it is empty, the tables are made.
   *
   * @throws SQLException if it cannot be opened, or is no store of this version
   */
  static GrantDatabase open(Path file) throws SQLException, IOException {
    Properties options = new Properties();
    options.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
    Identity identity = identity(file);
    // As a URI, because a "?" in a path would begin options; mode=rw, so that none is made.
    Connection connection = JDBC.createConnection(JDBC.PREFIX + file.toUri() + "?mode=rw", options);
    try {
      GrantDatabase database = new GrantDatabase(file, connection, identity);
      database.prepare();
      database.identity = identity(file);
      return database;
    } catch (SQLException | IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void prepare() throws SQLException {
    run("PRAGMA trusted_schema=OFF");
    run("PRAGMA cell_size_check=ON");
    run("PRAGMA temp_store=MEMORY");
    Schema.prepare(this);
    // In this mode a commit is one write and one fsync, and readers never wait for a writer.
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
  }

  /** Does something all or nothing, alone among writers, and durably. */
  <T extends @Nullable Object> T alone(Work<T> work) throws SQLException {
    run("BEGIN IMMEDIATE");
    return ended(work);
  }

  /** Reads several things as they were at one moment. */
  <T extends @Nullable Object> T atOnce(Work<T> work) throws SQLException {
    run("BEGIN");
    return ended(work);
  }

  private <T extends @Nullable Object> T ended(Work<T> work) throws SQLException {
    try {
      T result = work.run();
      run("COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        run("ROLLBACK");
      } catch (SQLException rollback) {
        e.addSuppressed(rollback); // closing does it as well
      }
      throw e;
    }
  }

  /** Changes when another connection has committed something. Takes microseconds. */
  long dataVersion() throws SQLException {
    return number("PRAGMA data_version");
  }

  /**
   * Whether the file is the one that was opened, and was not written past its log.
   *
   * @throws IOException if it is gone
   */
  boolean isUntouched() throws IOException {
    return identity(file).equals(identity);
  }

  /**
   * Sees that what is written goes where others look for it.
   *
   * @throws IOException if the file is gone, or another one
   */
  void checkPresent() throws IOException {
    if (!Objects.equals(identity(file).key, identity.key)) {
      throw new IOException("has been replaced by another file while it was open");
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  long number(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  PreparedStatement prepared(String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static Identity identity(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Identity(
        attributes.fileKey(), attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  /** What is the matter, and what to do, for an administrator. */
  static GrantStoreException failure(Path file, Exception e) {
    int code = e instanceof SQLException sql ? sql.getErrorCode() & 0xFF : 0;
    String what =
        switch (code) {
          case 5, 6 -> "is locked by another process; end what holds it";
          case 8 -> "can be read but not written; give the process's user the right to write it";
          case 11, 26 ->
              "is damaged, or no store of grants; put a copy back, or move it aside to start anew";
          case 13 -> "cannot be written: the disk is full";
          case 14 -> "cannot be opened; see that it and its directory can be read and written";
          case 10 -> "cannot be read or written: the disk fails";
          default ->
              e instanceof NoSuchFileException
                  ? "is gone; put it back"
                  : Objects.requireNonNullElse(e.getMessage(), e.getClass().getName());
        };
    return new GrantStoreException("the store of grants " + file + " " + what, e);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
