package io.mcpgovernor.examples.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerDatabaseTest {

  /** Shared by the tests that leave it as it was. */
  private static final CustomerDatabase DATABASE = CustomerDatabase.open();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void everyDatabaseStartsWithTheSameRowsAndIsItsOwn() throws SQLException {
    try (CustomerDatabase other = CustomerDatabase.open()) {
      for (String tenant : CustomerDatabase.TENANTS) {
        assertThat(other.customers(tenant, 5_000)).isEqualTo(DATABASE.customers(tenant, 5_000));
        assertThat(other.orders(tenant, null, null, 5_000))
            .isEqualTo(DATABASE.orders(tenant, null, null, 5_000));
        String tickets = "SELECT * FROM tickets ORDER BY id";
        assertThat(other.report(tenant, tickets)).isEqualTo(DATABASE.report(tenant, tickets));
      }
      other.update("acme", "C-1001", "changed@example.com", null, null);
      assertThat(DATABASE.customer("acme", "C-1001").orElseThrow().email())
          .isEqualTo("john@example.com");
    }
  }

  @Test
  void theFirstCustomerIsAlwaysJohnDoe() {
    assertThat(DATABASE.customer("acme", "C-1001"))
        .contains(
            new Customer(
                "C-1001",
                "acme",
                "John Doe",
                "john@example.com",
                "555-123-4567",
                "123-45-6789",
                "1234-5678-9012-3456",
                "Springfield",
                LocalDate.of(2019, 3, 14),
                "Prefers a call at (555) 123-4567 after 6 pm; invoices go to john@example.com."));
    assertThat(DATABASE.customer("globex", "C-1001")).isEmpty();
  }

  @Test
  void thereAreThousandsOfRowsAndEachHasTheShapeOfARealOne() throws SQLException {
    int customers = 0;
    for (String tenant : CustomerDatabase.TENANTS) {
      assertThat(DATABASE.customers(tenant, 5_000))
          .hasSizeGreaterThan(500)
          .allSatisfy(
              customer -> {
                assertThat(customer.tenant()).isEqualTo(tenant);
                assertThat(customer.email()).matches("[a-z0-9.]+@example\\.(com|org|net)");
                assertThat(customer.phone()).matches("(\\(555\\) |555-)\\d{3}-\\d{4}");
                assertThat(customer.ssn()).matches("\\d{3}-\\d{2}-\\d{4}");
                assertThat(customer.cardNumber()).matches("\\d{4}(-\\d{4}){3}");
                assertThat(passesLuhn(customer.cardNumber())).isFalse();
              });
      customers += DATABASE.customers(tenant, 5_000).size();
    }
    assertThat(customers).isEqualTo(1_200);
    assertThat(sum("orders")).isEqualTo(3_000);
    assertThat(sum("tickets")).isEqualTo(900);
  }

  @Test
  void ordersAreFoundByStatusAndTextAndTextIsNoPattern() {
    Order order = DATABASE.orders("acme", "shipped", null, 1).getFirst();

    assertThat(order.status()).isEqualTo("shipped");
    assertThat(DATABASE.orders("acme", null, order.id().toLowerCase(Locale.ROOT), 5))
        .containsExactly(order);
    assertThat(DATABASE.orders("acme", "pending", order.id(), 5)).isEmpty();
    assertThat(DATABASE.orders("globex", null, order.id(), 5)).isEmpty();
    assertThat(DATABASE.orders("acme", null, "%", 5)).isEmpty();
  }

  @Test
  void anUpdateChangesOnlyWhatIsGivenAndOnlyInItsTenant() {
    try (CustomerDatabase own = CustomerDatabase.open()) {
      Customer before = own.customer("acme", "C-1001").orElseThrow();

      assertThat(own.update("globex", "C-1001", "x@example.com", null, null)).isEmpty();
      assertThat(own.update("acme", "C-1001", null, "555-000-1111", null))
          .contains(
              new Customer(
                  before.id(),
                  before.tenant(),
                  before.name(),
                  before.email(),
                  "555-000-1111",
                  before.ssn(),
                  before.cardNumber(),
                  before.city(),
                  before.since(),
                  before.notes()));
    }
  }

  @Test
  void aReportGivesColumnsAndCells() throws SQLException {
    Report report =
        DATABASE.report(
            "acme",
            "SELECT id, since, NULL AS nothing, 1 + 1 AS two FROM customers WHERE id = 'C-1001';");

    assertThat(report.columns()).containsExactly("ID", "SINCE", "NOTHING", "TWO");
    assertThat(report.rows()).hasSize(1);
    assertThat(report.rows().getFirst()).containsExactly("C-1001", "2019-03-14", null, 2);
    assertThat(report.truncated()).isFalse();
  }

  @Test
  void aReportSeesOnlyItsTenantHoweverItAsks() throws SQLException {
    for (String sql :
        List.of(
            "SELECT COUNT(*) FROM customers WHERE tenant <> 'acme'",
            "SELECT COUNT(*) FROM orders WHERE tenant <> 'acme' OR TRUE AND tenant = 'globex'",
            "SELECT COUNT(*) FROM tickets t LEFT JOIN acme.customers c ON c.id = t.customer_id"
                + " WHERE c.id IS NULL",
            // An error raised by another tenant's row would tell of its content.
            "SELECT COUNT(*) - COUNT(*) FROM customers"
                + " WHERE CASE WHEN tenant = 'acme' THEN 1 ELSE CAST(ssn AS INT) END = 1")) {
      assertThat(DATABASE.report("acme", sql).rows()).as(sql).containsExactly(List.of(0L));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM globex.customers",
        "SELECT * FROM store.customers",
        "WITH c AS (SELECT * FROM store.customers) SELECT * FROM c",
        "SELECT id FROM customers WHERE EXISTS (SELECT 1 FROM globex.orders)",
        "SELECT id FROM customers UNION ALL SELECT id FROM globex.customers",
        "TABLE globex.tickets"
      })
  void aReportCannotReadAnotherTenant(String sql) {
    assertThatThrownBy(() -> DATABASE.report("acme", sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Not enough rights");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE customers SET name = 'x'",
        "SELECT * FROM FINAL TABLE (UPDATE customers SET name = 'x')",
        "SELECT * FROM FINAL TABLE (DELETE FROM store.customers)",
        "DELETE FROM orders",
        "INSERT INTO tickets SELECT * FROM tickets",
        "DROP VIEW customers",
        "CREATE TABLE loot AS SELECT * FROM customers",
        "CREATE OR REPLACE VIEW customers AS SELECT * FROM store.customers",
        "GRANT SELECT ON SCHEMA store TO REPORT_ACME",
        "ALTER USER REPORT_ACME ADMIN TRUE",
        "SET PASSWORD 'x'",
        "SELECT 1; SET PASSWORD 'x'",
        "SELECT 1; DELETE FROM orders",
        "SHUTDOWN"
      })
  void aReportCannotWrite(String sql) throws SQLException {
    assertThatThrownBy(() -> DATABASE.report("acme", sql)).isInstanceOf(SQLException.class);

    assertThat(DATABASE.customer("acme", "C-1001").orElseThrow().name()).isEqualTo("John Doe");
    assertThat(sum("orders")).isEqualTo(3_000);
    assertThat(sum("tickets")).isEqualTo(900);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CALL FILE_READ('%s')",
        "SELECT * FROM CSVREAD('%s')",
        "CALL FILE_WRITE('x', '%s')",
        "CALL CSVWRITE('%s', 'SELECT 1')",
        "SCRIPT TO '%s'",
        "SCRIPT",
        "RUNSCRIPT FROM '%s'",
        "BACKUP TO '%s'",
        "CALL LINK_SCHEMA('L', '', 'jdbc:h2:%s', 'sa', '', 'PUBLIC')",
        "CREATE LINKED TABLE t('', 'jdbc:h2:%s', 'sa', '', 'PUBLIC.T')",
        "CREATE ALIAS halt FOR \"java.lang.Runtime.halt\""
      })
  void aReportCannotReachFilesNorOtherDatabases(String sql, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "secret");

    assertThatThrownBy(() -> DATABASE.report("acme", sql.formatted(file)))
        .isInstanceOf(SQLException.class)
        .hasMessageMatching("(?s).*(Admin rights are required|only allowed for a query).*");
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    assertThat(file).hasContent("secret");
  }

  @Test
  void aReportEndsInTimeAndGivesAThousandRowsAtMost() throws SQLException {
    assertThatThrownBy(
            () ->
                DATABASE.report(
                    "acme",
                    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)"
                        + " SELECT MAX(n) FROM r"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("canceled");

    Report report = DATABASE.report("acme", "SELECT * FROM SYSTEM_RANGE(1, 1001)");
    assertThat(report.rows()).hasSize(1_000);
    assertThat(report.truncated()).isTrue();
    assertThat(DATABASE.report("acme", "SELECT * FROM SYSTEM_RANGE(1, 1000)").truncated())
        .isFalse();
    Report wide = DATABASE.report("acme", "SELECT REPEAT('x', 400000) FROM SYSTEM_RANGE(1, 5)");
    assertThat(wide.rows()).hasSize(2);
    assertThat(wide.truncated()).isTrue();
  }

  private static boolean passesLuhn(String cardNumber) {
    int[] digits = cardNumber.chars().filter(Character::isDigit).map(c -> c - '0').toArray();
    int sum = 0;
    for (int i = 0; i < digits.length; i++) {
      int weighted = (digits.length - i) % 2 == 0 ? digits[i] * 2 : digits[i];
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  private static long sum(String view) throws SQLException {
    long sum = 0;
    for (String tenant : CustomerDatabase.TENANTS) {
      Report report = DATABASE.report(tenant, "SELECT COUNT(*) FROM " + view);
      sum += (Long) report.rows().getFirst().getFirst();
    }
    return sum;
  }
}
