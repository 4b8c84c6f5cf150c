package io.mcpgovernor.examples.customers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The customers, orders and tickets of two tenants, in an H2 database in memory that lives as long
 * as this object. Each instance has a database of its own with the same rows at the start.
 *
 * <p>An ad-hoc report reads one tenant only: it runs as a database user that has the right to
 * select from that tenant's views and no other right. Names of schemas and tables, and how many
 * rows they have, are no secret to it. Its time is looked at between rows, so that one very costly
 * expression can outlast it or fill the memory; a public service would run reports in a process of
 * their own.
 *
 * <p>Safe for use by many threads; every method blocks for the query.
 */
public final class CustomerDatabase implements AutoCloseable {

  /** Every tenant that has data. */
  public static final List<String> TENANTS = SampleData.TENANTS;

  private final JdbcDataSource source = new JdbcDataSource();
  private final String password = UUID.randomUUID().toString();

  /** H2 drops a database in memory with its last connection: this one keeps it. */
  private final Connection keeper;

  private CustomerDatabase() throws SQLException {
    // No hook at the end of the JVM: there is nothing to save.
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_ON_EXIT=FALSE");
    source.setUser("OWNER");
    source.setPassword(password);
    keeper = source.getConnection();
  }

  /** Opens a new database with the sample data. */
  public static CustomerDatabase open() {
    try {
      CustomerDatabase database = new CustomerDatabase();
      SampleSchema.create(database.keeper, database.password);
      SampleSchema.insert(database.keeper, SampleData.generate());
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException("The sample database cannot be created", e);
    }
  }

  /** The customer, if the tenant has one with this id. */
  public Optional<Customer> customer(String tenant, String id) {
    return select(
            "SELECT * FROM store.customers WHERE tenant = ? AND id = ?",
            CustomerDatabase::customerOf,
            tenant,
            id)
        .stream()
        .findFirst();
  }

  /** The tenant's first customers by id, at most {@code limit}. */
  public List<Customer> customers(String tenant, int limit) {
    return select(
        "SELECT * FROM store.customers WHERE tenant = ? ORDER BY id LIMIT ?",
        CustomerDatabase::customerOf,
        tenant,
        limit);
  }

  /**
   * The tenant's newest orders, at most {@code limit}.
   *
   * @param status only orders with this status; null for any
   * @param text only orders whose id, customer id or tracking number contains this; null for any
   */
  public List<Order> orders(
      String tenant, @Nullable String status, @Nullable String text, int limit) {
    return select(
        """
        SELECT * FROM store.orders
        WHERE tenant = ?1 AND (?2 IS NULL OR status = ?2)
          AND (?3 IS NULL
            OR LOCATE(LOWER(?3), LOWER(id || ' ' || customer_id || ' ' || tracking_number)) > 0)
        ORDER BY placed DESC, id LIMIT ?4
        """,
        CustomerDatabase::orderOf,
        tenant,
        status,
        text,
        limit);
  }

  /**
   * Changes what is not null and gives the customer as it is then; empty if the tenant has no
   * customer with this id.
   */
  public Optional<Customer> update(
      String tenant,
      String id,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String notes) {
    String sql =
        """
        UPDATE store.customers
        SET email = COALESCE(?, email), phone = COALESCE(?, phone), notes = COALESCE(?, notes)
        WHERE tenant = ? AND id = ?
        """;
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, email, phone, notes, tenant, id);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("The customer cannot be updated", e);
    }
    return customer(tenant, id);
  }

  /**
   * Runs one query over the tenant's views {@code customers}, {@code orders} and {@code tickets},
   * for at most 2 seconds, and gives at most 1,000 rows.
   *
   * @throws SQLException if the SQL is wrong, is no query, takes too long, or reaches for what the
   *     tenant may not see; the message may quote the SQL and stored values
   * @throws IllegalArgumentException if there is no such tenant
   */
  public Report report(String tenant, String sql) throws SQLException {
    if (!TENANTS.contains(tenant)) {
      throw new IllegalArgumentException("No such tenant");
    }
    try (Connection connection = source.getConnection(SampleSchema.reporter(tenant), password)) {
      return ReportQuery.run(connection, tenant, sql);
    }
  }

  /** Drops the database; a query that still runs ends first. */
  @Override
  public void close() {
    try {
      keeper.close();
    } catch (SQLException e) {
      throw new IllegalStateException("The sample database cannot be closed", e);
    }
  }

  private <T> List<T> select(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return List.copyOf(rows);
    } catch (SQLException e) {
      throw new IllegalStateException("The query failed", e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  private static Customer customerOf(ResultSet row) throws SQLException {
    return new Customer(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("name"),
        row.getString("email"),
        row.getString("phone"),
        row.getString("ssn"),
        row.getString("card_number"),
        row.getString("city"),
        row.getObject("since", LocalDate.class),
        row.getString("notes"));
  }

  private static Order orderOf(ResultSet row) throws SQLException {
    return new Order(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("customer_id"),
        row.getString("status"),
        row.getObject("placed", LocalDate.class),
        row.getBigDecimal("total"),
        row.getString("tracking_number"));
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
