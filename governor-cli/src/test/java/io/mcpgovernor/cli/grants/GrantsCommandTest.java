package io.mcpgovernor.cli.grants;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.Subject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor grants}, each time in a process of its own, as people have it. */
final class GrantsCommandTest {
  @TempDir private Path temporary;
  private Path store;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void aPlace() {
    store = temporary.resolve("state/grants.sqlite");
  }

  private Run run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main",
                "grants"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--store", store.toString()));
    Path out = Files.createTempFile(temporary, "out", "");
    Path err = Files.createTempFile(temporary, "err", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Run(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  private Governor governor() {
    return Governor.builder()
        .auditTo(temporary.resolve("audit"))
        .grantStore(SqlGrantStore.open(store))
        .build();
  }

  @Test
  void aRunningGovernorPutsWhatIsAddedOnRecordAndHeedsIt() throws Exception {
    Principal bob =
        new Principal(
            "https://login.example", "bob", Set.of(), Set.of(), Principal.Source.VERIFIED);
    try (Governor governor = governor()) {
      Run added =
          run(
              "add",
              "user:https://login.example#bob",
              "--tenant",
              "acme",
              "--for",
              "8h",
              "--reason",
              "ticket 7",
              "--by",
              "carol");
      assertThat(added.code()).as(added.err()).isZero();
      assertThat(added.out())
          .startsWith("user:https://login.example#bob may reach the tenant acme, until ")
          .endsWith("On record, and in force.\n");
      assertThat(governor.grants().tenants(bob)).containsExactly("acme");
      Map<?, ?> recorded = (Map<?, ?>) governor.readLogs(1).get(0).object().get("arguments");
      assertThat(recorded.get("subject")).isEqualTo("user:https://login.example#bob");
      assertThat(recorded.get("by")).isEqualTo("carol");
      assertThat(recorded.get("reason")).isEqualTo("ticket 7");
      assertThat(recorded.containsKey("expires_at")).isTrue();

      Run revoked = run("revoke", "any", "--tenant", "acme");
      assertThat(revoked.out())
          .isEqualTo("any is kept out of the tenant acme.\nOn record, and in force.\n");
      assertThat(governor.grants().tenants(bob)).isEmpty();
    }
  }

  @Test
  void whatIsAddedWhileNoGovernorRunsWaitsForTheNextOne() throws Exception {
    Run added =
        run("add", "role:support", "--permission", "PII_READ", "--reason", "on call", "--by", "c");
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out())
        .startsWith("role:support has the permission PII_READ.\nKept, but not on record yet");
    assertThat(run("list").out()).contains("waits");
    try (Governor governor = governor()) {
      assertThat(
              governor
                  .grants()
                  .hasPermission(
                      Principal.verified("alice").withRoles(Set.of("support")), "PII_READ"))
          .isTrue();
    }
    assertThat(run("list").out()).contains("in force").doesNotContain("waits");
  }

  @Test
  void aListIsAlignedMarksWhatHasExpiredAndObeysNoName() throws Exception {
    try (SqlGrantStore open = SqlGrantStore.open(store)) {
      open.make(put(Subject.user("alice"), "acme", Instant.parse("2026-01-01T00:00:00Z")));
      open.make(put(Subject.user("evil\u001b[31m\nany  grant"), "globex", null));
    }
    Run listed = run("list");
    assertThat(listed.code()).as(listed.err()).isZero();
    List<String> lines = listed.out().lines().toList();
    assertThat(lines).hasSize(3);
    int object = lines.get(0).indexOf("OBJECT");
    assertThat(lines.get(1).substring(object)).startsWith("acme ");
    assertThat(lines.get(1)).contains("2026-01-01T00:00:00Z", " expired ");
    assertThat(lines.get(2).substring(object)).startsWith("globex ");
    assertThat(lines.get(2)).contains("\\u001b[31m\\u000aany", " in force ");
    assertThat(listed.out()).doesNotContain("\u001b");

    List<String> json = run("list", "--json").out().lines().toList();
    assertThat(json).hasSize(2);
    assertThat(Json.utf8(json.get(0).getBytes(StandardCharsets.UTF_8)).object())
        .containsEntry("subject", "user:alice")
        .containsEntry("change", "grant")
        .containsEntry("tenant", "acme")
        .containsEntry("expires_at", "2026-01-01T00:00:00Z")
        .containsEntry("state", "expired")
        .containsEntry("by", "carol")
        .containsEntry("reason", "why");
  }

  private static GrantChange put(Subject subject, String tenant, Instant expiresAt) {
    return GrantChange.put(
        new Grant(
            subject,
            What.TENANT,
            tenant,
            Effect.GRANT,
            expiresAt,
            "why",
            "carol",
            Instant.parse("2025-12-01T00:00:00Z")));
  }

  @Test
  void wrongUsageIsToldAndChangesNothing() throws Exception {
    for (String[] bad :
        new String[][] {
          {"add", "alice", "--tenant", "acme", "--reason", "r"},
          {"add", "user:alice", "--tenant", "acme"},
          {"add", "user:alice", "--tenant", "acme", "--reason", " "},
          {"add", "user:alice", "--reason", "r"},
          {"add", "user:alice", "--tenant", "a", "--permission", "P", "--reason", "r"},
          {"add", "user:alice", "--tenant", "a", "--reason", "r", "--until", "2020-01-01"},
          {"add", "user:alice", "--tenant", "a", "--reason", "r", "--until", "soon"},
          {"add", "user:alice", "--tenant", "a", "--reason", "r", "--for", "8"},
          {"revoke", "user:alice", "--tenant", "a", "--for", "8h", "--until", "2099-01-01"},
          {"list"}
        }) {
      Run run = run(bad);
      assertThat(run.code()).as(String.join(" ", bad)).isEqualTo(2);
      assertThat(run.err()).isNotBlank();
    }
    assertThat(store).doesNotExist();
  }

  @Test
  void aStoreThatCannotBeUsedIsAnError() throws Exception {
    Files.createDirectories(store.getParent());
    Files.writeString(store, "no database ".repeat(100));
    Run listed = run("list");
    assertThat(listed.code()).isEqualTo(1);
    assertThat(listed.err()).startsWith("governor grants list: the store of grants ");
    Files.delete(store);
    SqlGrantStore.open(store).close();
    try (var other = DriverManager.getConnection("jdbc:sqlite:" + store.toUri());
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Run added = run("add", "any", "--tenant", "acme", "--reason", "r");
      assertThat(added.code()).isEqualTo(1);
      assertThat(added.err()).contains("is locked by another process");
    }
  }
}
