package io.mcpgovernor.examples.customers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The tables, and who may read them. The tables stand in the schema {@code store}, which only the
 * owner reaches. Each tenant has a schema of views on its own rows, and a user for its reports with
 * the right to select from that schema; a view reads its table with the owner's rights.
 */
final class SampleSchema {

  private static final List<String> TABLES = List.of("customers", "orders", "tickets");
  private static final String SCHEMA =
      """
      CREATE SCHEMA store;
      CREATE TABLE store.customers(
        id VARCHAR(10) PRIMARY KEY, tenant VARCHAR(20) NOT NULL, name VARCHAR(100) NOT NULL,
        email VARCHAR(200) NOT NULL, phone VARCHAR(40) NOT NULL, ssn VARCHAR(11) NOT NULL,
        card_number VARCHAR(19) NOT NULL, city VARCHAR(100) NOT NULL, since DATE NOT NULL,
        notes VARCHAR(2000) NOT NULL);
      CREATE TABLE store.orders(
        id VARCHAR(10) PRIMARY KEY, tenant VARCHAR(20) NOT NULL,
        customer_id VARCHAR(10) NOT NULL REFERENCES store.customers(id),
        status VARCHAR(20) NOT NULL, placed DATE NOT NULL, total DECIMAL(10, 2) NOT NULL,
        tracking_number VARCHAR(40) NOT NULL);
      CREATE TABLE store.tickets(
        id VARCHAR(10) PRIMARY KEY, tenant VARCHAR(20) NOT NULL,
        customer_id VARCHAR(10) NOT NULL REFERENCES store.customers(id),
        subject VARCHAR(200) NOT NULL, body VARCHAR(2000) NOT NULL, opened DATE NOT NULL);
      """;

  private SampleSchema() {}

  /** The database user that runs the tenant's reports. */
  static String reporter(String tenant) {
    return "REPORT_" + tenant.toUpperCase(Locale.ROOT);
  }

  static void create(Connection connection, String password) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA);
      for (String tenant : SampleData.TENANTS) {
        statement.execute("CREATE SCHEMA " + tenant);
        for (String table : TABLES) {
          statement.execute(
              "CREATE VIEW %1$s.%2$s AS SELECT * FROM store.%2$s WHERE tenant = '%1$s'"
                  .formatted(tenant, table));
        }
        statement.execute("CREATE USER %s PASSWORD '%s'".formatted(reporter(tenant), password));
        statement.execute("GRANT SELECT ON SCHEMA %s TO %s".formatted(tenant, reporter(tenant)));
      }
    }
  }

  static void insert(Connection connection, SampleData data) throws SQLException {
    insert(
        connection,
        "customers",
        data.customers().stream()
            .map(
                c ->
                    List.<Object>of(
                        c.id(),
                        c.tenant(),
                        c.name(),
                        c.email(),
                        c.phone(),
                        c.ssn(),
                        c.cardNumber(),
                        c.city(),
                        c.since(),
                        c.notes()))
            .toList());
    insert(
        connection,
        "orders",
        data.orders().stream()
            .map(
                o ->
                    List.<Object>of(
                        o.id(),
                        o.tenant(),
                        o.customerId(),
                        o.status(),
                        o.placed(),
                        o.total(),
                        o.trackingNumber()))
            .toList());
    insert(
        connection,
        "tickets",
        data.tickets().stream()
            .map(
                t ->
                    List.<Object>of(
                        t.id(), t.tenant(), t.customerId(), t.subject(), t.body(), t.opened()))
            .toList());
  }

  private static void insert(Connection connection, String table, List<List<Object>> rows)
      throws SQLException {
    String marks = String.join(", ", Collections.nCopies(rows.getFirst().size(), "?"));
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO store.%s VALUES (%s)".formatted(table, marks))) {
      for (List<Object> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          statement.setObject(i + 1, row.get(i));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
