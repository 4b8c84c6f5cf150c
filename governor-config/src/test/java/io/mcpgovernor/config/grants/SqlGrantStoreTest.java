package io.mcpgovernor.config.grants;

import static io.mcpgovernor.config.grants.GrantStoreContract.acme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.GrantStoreException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlGrantStoreTest implements WritableGrantStoreContract {
  @TempDir private Path temporary;
  private int stores;

  @Override
  public GrantStore storeOf(List<Grant> grants) {
    return GrantStoreContract.filled(SqlGrantStore.open(file("store" + stores++)), grants);
  }

  private Path file(String name) {
    return temporary.resolve("state/of #1?100%").resolve(name);
  }

  private static void sql(Path file, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void whatIsKeptIsThereAfterReopeningAndItsFilesAreTheOwnersAlone() throws Exception {
    Path file = file("grants.sqlite");
    try (GrantStore store = SqlGrantStore.open(file)) {
      store.make(GrantChange.put(acme(Effect.GRANT, null)));
      store.propose(GrantChange.remove(acme(Effect.GRANT, null)));
      try (var files = Files.list(file.getParent())) {
        assertThat(files.toList())
            .hasSize(3)
            .allSatisfy(
                each ->
                    assertThat(Files.getPosixFilePermissions(each))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
      }
      assertThat(Files.getPosixFilePermissions(file.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
    try (GrantStore store = SqlGrantStore.open(file)) {
      assertThat(store.load().grants()).containsExactly(acme(Effect.GRANT, null));
      assertThat(store.load().pending()).hasSize(1);
      assertThat(store.load().hasTenantGrants()).isTrue();
      store.settle(store.load().pending().get(0).number());
    }
    try (GrantStore store = SqlGrantStore.open(file)) {
      assertThat(store.load().grants()).isEmpty();
      assertThat(store.load().hasTenantGrants()).as("also when the last is gone").isTrue();
    }
  }

  @Test
  void aFileThatOthersCouldReadIsMadePrivateAndALinkIsRefused() throws Exception {
    Path file = file("grants.sqlite");
    SqlGrantStore.open(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    SqlGrantStore.open(file).close();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(file("link"), file);
    assertThatThrownBy(() -> SqlGrantStore.open(link)).isInstanceOf(GrantStoreException.class);
  }

  @Test
  void twoStoresOfOneFileSeeEachOther() {
    Path file = file("grants.sqlite");
    try (SqlGrantStore one = SqlGrantStore.open(file);
        SqlGrantStore other = SqlGrantStore.open(file)) {
      long revision = one.load().revision();
      assertThat(one.mayHaveChanged()).isFalse();
      other.make(GrantChange.put(acme(Effect.GRANT, null)));
      assertThat(one.mayHaveChanged()).isTrue();
      assertThat(WritableGrantStoreContract.changes(one, revision).settled()).hasSize(1);
      assertThat(one.mayHaveChanged()).isFalse();
      other.propose(GrantChange.put(acme(Effect.REVOKE, null)));
      assertThat(one.mayHaveChanged()).isTrue();
    }
  }

  @Test
  void aStoreThatIsLockedSaysSoAfterABoundedWait() throws Exception {
    Path file = file("grants.sqlite");
    try (SqlGrantStore store = SqlGrantStore.open(file);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      GrantChange change = GrantChange.put(acme(Effect.GRANT, null));
      assertThatThrownBy(() -> store.make(change))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("is locked by another process");
      assertThat(store.load().grants()).as("reading goes on").isEmpty();
      statement.execute("ROLLBACK");
      store.make(change);
      assertThat(store.load().grants()).hasSize(1);
    }
  }

  @Test
  void aFullOrReadOnlyStoreSaysSoAndKeepsWhatItHas() throws Exception {
    Path file = file("grants.sqlite");
    SqlGrantStore.open(file).close();
    try (GrantDatabase database = GrantDatabase.open(file)) {
      database.run("PRAGMA max_page_count=1");
      assertThatThrownBy(
              () ->
                  database.alone(
                      () -> {
                        database.run(
                            "INSERT INTO journal(kind, subject, what, object, effect, reason,"
                                + " made_by, made_at) VALUES('PUT', '', '', '', '', '"
                                + "x".repeat(100_000)
                                + "', '', '')");
                        return null;
                      }))
          .extracting(e -> GrantDatabase.failure(file, (Exception) e).getMessage())
          .asString()
          .contains("the disk is full");
      database.run("PRAGMA query_only=ON");
      assertThatThrownBy(() -> database.update("DELETE FROM entry"))
          .extracting(e -> GrantDatabase.failure(file, (Exception) e).getMessage())
          .asString()
          .contains("can be read but not written");
    }
    try (GrantStore store = SqlGrantStore.open(file)) {
      assertThat(store.load().pending()).isEmpty();
      store.make(GrantChange.put(acme(Effect.GRANT, null)));
    }
  }

  @Test
  void aFileThatIsNoStoreIsLeftAsItIs() throws Exception {
    Path garbage = file("garbage");
    Files.createDirectories(garbage.getParent());
    byte[] bytes =
        "no database at all, but long enough for a header "
            .repeat(9)
            .getBytes(StandardCharsets.UTF_8);
    Files.write(garbage, bytes);
    assertThatThrownBy(() -> SqlGrantStore.open(garbage))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("is damaged, or no store of grants");
    assertThat(garbage).hasBinaryContent(bytes);
    Path foreign = file("foreign");
    sql(foreign, "CREATE TABLE entry(x)");
    assertThatThrownBy(() -> SqlGrantStore.open(foreign))
        .hasMessageContaining("no store of grants");
  }

  @Test
  void aStoreOfALaterVersionIsRefused() throws Exception {
    Path file = file("grants.sqlite");
    SqlGrantStore.open(file).close();
    sql(file, "PRAGMA user_version=99");
    assertThatThrownBy(() -> SqlGrantStore.open(file))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("later version");
  }

  @Test
  void aRowThatHoldsNoGrantIsDamage() throws Exception {
    Path file = file("grants.sqlite");
    try (SqlGrantStore store = SqlGrantStore.open(file)) {
      store.make(GrantChange.put(acme(Effect.GRANT, null)));
      sql(file, "UPDATE entry SET expires_at = 'tomorrow'");
      assertThatThrownBy(store::load).hasMessageContaining("is damaged");
      sql(file, "UPDATE entry SET expires_at = NULL, subject = '*'");
      assertThatThrownBy(store::load).hasMessageContaining("is damaged");
    }
  }

  @Test
  void aFileThatIsGoneOrReplacedIsNotWrittenBehindAnybodysBack() throws Exception {
    Path file = file("grants.sqlite");
    GrantChange change = GrantChange.put(acme(Effect.GRANT, null));
    try (SqlGrantStore store = SqlGrantStore.open(file)) {
      store.load();
      Files.move(file, file("aside"));
      assertThatThrownBy(store::mayHaveChanged).hasMessageContaining("is gone");
      assertThatThrownBy(() -> store.make(change)).hasMessageContaining("is gone");
      assertThatThrownBy(store::load).hasMessageContaining("is gone");
      assertThat(file).as("no empty one in its place").doesNotExist();
      Files.move(file("aside"), file);
      store.make(change);
      assertThat(store.load().grants()).hasSize(1);
      Files.copy(file, file("copy"));
      Files.move(file, file("aside"));
      Files.move(file("copy"), file);
      assertThatThrownBy(() -> store.make(change)).hasMessageContaining("replaced");
    }
    assertThatThrownBy(() -> closed(file).load()).hasMessageContaining("is closed");
  }

  private static GrantStore closed(Path file) {
    GrantStore store = SqlGrantStore.open(file);
    store.close();
    return store;
  }

  /** Opens a store, in a process whose class path has no driver. */
  static final class WithoutDriver {
    public static void main(String[] arguments) {
      try {
        SqlGrantStore.open(Path.of(arguments[0])).close();
      } catch (GrantStoreException e) {
        System.exit(e.getMessage().contains("needs org.xerial:sqlite-jdbc") ? 42 : 1);
      }
    }
  }

  @Test
  void aMissingDriverIsNamed() throws Exception {
    String withoutDriver =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("sqlite-jdbc"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                withoutDriver,
                WithoutDriver.class.getName(),
                file("grants.sqlite").toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isEqualTo(42);
  }
}
