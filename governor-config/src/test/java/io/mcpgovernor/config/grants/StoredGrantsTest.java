package io.mcpgovernor.config.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Denial;
import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantStoreException;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A governor and its store of grants, and whoever else has it open. */
final class StoredGrantsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ToolHandler ANSWERS =
      call -> CompletableFuture.completedFuture(new ToolResult(Json.text("{}"), false));

  @TempDir private Path temporary;
  private Path file;
  private final MemoryLog log = new MemoryLog();

  /** Keeps records in memory, or fails. */
  private static final class MemoryLog implements AuditLog {
    private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
    private volatile boolean fails;

    @Override
    public CompletionStage<Receipt> append(AuditRecord record) {
      if (fails) {
        return CompletableFuture.failedFuture(new IOException("no disk"));
      }
      records.add(record);
      return CompletableFuture.completedFuture(new Receipt(records.size()));
    }

    @Override
    public List<Json> readLogs(int limit) {
      return records.stream().map(AuditRecord::toJson).toList();
    }

    @Override
    public void close() {}

    List<Map<?, ?>> admin(String action) {
      List<Map<?, ?>> arguments = new ArrayList<>();
      for (AuditRecord record : records) {
        Map<String, ?> fields = record.toJson().object();
        if (action.equals(fields.get("tool_name"))) {
          arguments.add((Map<?, ?>) fields.get("arguments"));
        }
      }
      return arguments;
    }
  }

  @BeforeEach
  void aFile() {
    file = temporary.resolve("state").resolve("grants.sqlite");
  }

  private Governor governor() {
    Governor governor =
        Governor.builder().auditLog(log).grantStore(SqlGrantStore.open(file)).build();
    governor.tools().register(tool("find").build(), Sensitivity.STANDARD);
    governor.tools().register(tool("contacts").requiresPii(true).build(), Sensitivity.STANDARD);
    return governor;
  }

  private static Tool.Builder tool(String name) {
    return Tool.of("crm", Json.of(Map.of("name", name)));
  }

  private static CallOutcome call(Governor governor, String user, String tool) {
    return governor.call(
        CallRequest.of("crm", tool, Json.of(Map.of("tenant_id", "acme")), Principal.verified(user)),
        ANSWERS);
  }

  private static @Nullable DenialCode code(Governor governor, String user, String tool) {
    return call(governor, user, tool) instanceof CallOutcome.Refused refused
        ? refused.denial().code()
        : null;
  }

  private static boolean isAllowed(Governor governor, String user) {
    return governor.grants().tenants(Principal.verified(user)).contains("acme");
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
      Thread.sleep(5);
    }
  }

  private void propose(Subject subject, Effect effect, @Nullable Instant expiresAt) {
    try (SqlGrantStore other = SqlGrantStore.open(file)) {
      other.propose(
          GrantChange.put(
              new Grant(
                  subject,
                  What.TENANT,
                  "acme",
                  effect,
                  expiresAt,
                  "asked for by jane@example.com",
                  "carol",
                  Instant.now())));
    }
  }

  @Test
  void grantsOutlastTheProcessAndToolsStayBoundToTenants() {
    try (Governor governor = governor()) {
      assertThat(code(governor, "alice", "find")).isEqualTo(DenialCode.RLS);
      governor.grants().grantTenantAccess("alice", "acme");
      governor.grants().grantTenantAccess("bob", "acme");
      governor.grants().grantPiiPermission("alice");
      governor.grants().revokeTenantAccess("bob", "acme");
    }
    try (Governor governor = governor()) {
      assertThat(code(governor, "alice", "contacts")).isNull();
      assertThat(code(governor, "bob", "find")).isEqualTo(DenialCode.RLS);
      governor
          .grants()
          .remove(Subject.user("alice"), What.TENANT, "acme", Effect.GRANT, "left", "carol");
    }
    try (Governor governor = governor()) {
      assertThat(governor.grants().hasTenantGrants()).isTrue();
      assertThat(governor.grants().list()).hasSize(2);
      CallOutcome untold =
          governor.call(
              CallRequest.of("crm", "find", Json.EMPTY_OBJECT, Principal.verified("alice")),
              ANSWERS);
      assertThat(((CallOutcome.Refused) untold).denial().code()).isEqualTo(DenialCode.RLS);
    }
  }

  @Test
  void whatAnotherProcessGrantsCountsOnceItIsOnRecord() throws Exception {
    try (Governor governor = governor()) {
      log.fails = true;
      Process process = Proposer.start(file, 3);
      try (BufferedReader output = Proposer.output(process)) {
        assertThat(output.lines()).containsExactly("user0", "user1", "user2");
      }
      assertThat(process.waitFor()).isZero();
      propose(Subject.user("gone"), Effect.REVOKE, null);
      await(() -> governor.grants().epoch() > 0); // the revocation has been seen, and all before it
      assertThat(isAllowed(governor, "user0")).as("not on record").isFalse();
      log.fails = false;
      await(() -> isAllowed(governor, "user0") && isAllowed(governor, "user2"));
      assertThat(code(governor, "user1", "find")).isNull();
      await(() -> !log.admin("revoke_tenant_access").isEmpty());
      assertThat(log.admin("grant_tenant_access")).hasSize(3);
      assertThat(log.admin("grant_tenant_access").get(0))
          .isEqualTo(
              Map.of(
                  "subject", "user:user0", "object", "acme", "reason", "ticket 7", "by", "carol"));
    }
    try (Governor governor = governor()) {
      assertThat(isAllowed(governor, "user2")).isTrue();
      assertThat(log.admin("grant_tenant_access")).as("recorded once").hasSize(3);
    }
  }

  @Test
  void whatAnotherProcessRevokesCountsAtOnceWhateverBecomesOfTheRecord() throws Exception {
    try (Governor governor = governor()) {
      governor.grants().grantTenantAccess("alice", "acme");
      log.fails = true;
      propose(Subject.any(), Effect.REVOKE, null);
      await(() -> !isAllowed(governor, "alice"));
      assertThat(log.admin("revoke_tenant_access")).isEmpty();
    }
    try (Governor governor = governor()) {
      assertThat(isAllowed(governor, "alice")).as("also after a restart").isFalse();
      log.fails = false;
      await(() -> !log.admin("revoke_tenant_access").isEmpty());
      assertThat(isAllowed(governor, "alice")).isFalse();
    }
  }

  @Test
  void aGrantBeforeARevocationNeverCountsNotEvenForAMoment() throws Exception {
    log.fails = true;
    try (Governor governor = governor()) {
      propose(Subject.user("alice"), Effect.GRANT, null);
      propose(Subject.user("alice"), Effect.REVOKE, Instant.now().plusSeconds(3_600));
      long[] seen = {0};
      Thread watcher =
          new Thread(
              () -> {
                while (seen[0] >= 0 && log.admin("revoke_tenant_access").isEmpty()) {
                  seen[0] += isAllowed(governor, "alice") ? 1 : 0;
                }
              });
      watcher.start();
      log.fails = false;
      await(() -> governor.grants().list().size() == 2);
      watcher.join();
      assertThat(seen[0]).isZero();
      assertThat(isAllowed(governor, "alice")).isFalse();
    }
  }

  @Test
  void aGrantThatWaitsDoesNotUndoARevocationThatCameAfterIt() throws Exception {
    try (Governor governor = governor()) {
      governor.grants().grantTenantAccess("bob", "acme");
      log.fails = true;
      propose(Subject.user("alice"), Effect.GRANT, null);
      propose(Subject.user("bob"), Effect.REVOKE, null);
      await(() -> !isAllowed(governor, "bob")); // so both have been seen
      assertThatThrownBy(() -> governor.grants().revokeTenantAccess("alice", "acme"))
          .hasMessageContaining("could not be put on record");
      log.fails = false;
      await(() -> !log.admin("discard_grant_change").isEmpty());
      await(() -> governor.grants().list().size() == 2);
      assertThat(isAllowed(governor, "alice")).isFalse();
    }
    try (Governor governor = governor()) {
      assertThat(isAllowed(governor, "alice")).isFalse();
    }
  }

  @Test
  void whatWaitsIsOnRecordBeforeTheFirstCall() {
    SqlGrantStore.open(file).close();
    propose(Subject.user("alice"), Effect.GRANT, Instant.now().plusSeconds(3_600));
    try (Governor governor = governor()) {
      assertThat(code(governor, "alice", "find")).isNull();
      assertThat(log.admin("grant_tenant_access").get(0))
          .extracting(Object::toString)
          .asString()
          .contains("by=carol", "expires_at=", "asked for by ***@***.com");
    }
  }

  @Test
  void aGrantThatCannotBeStoredDoesNotCountAndTheRecordSaysSo() throws Exception {
    try (Governor governor = governor();
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> governor.grants().grantTenantAccess("alice", "acme"))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("does not count", "is locked by another process");
      assertThat(isAllowed(governor, "alice")).isFalse();
      assertThat(log.admin("grant_tenant_access")).hasSize(1);
      assertThat(log.admin("discard_grant_change")).hasSize(1);
      statement.execute("ROLLBACK");
      governor.grants().grantTenantAccess("alice", "acme");
      assertThat(code(governor, "alice", "find")).isNull();
    }
  }

  @Test
  void aRevocationThatCannotBeStoredCountsAndIsStoredLater() throws Exception {
    try (Governor governor = governor();
        SqlGrantStore others = SqlGrantStore.open(file);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Statement statement = other.createStatement()) {
      governor.grants().grantTenantAccess("alice", "acme");
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> governor.grants().revokeTenantAccess("alice", "acme"))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("counts in this process");
      assertThat(isAllowed(governor, "alice")).isFalse();
      assertThat(log.admin("revoke_tenant_access")).hasSize(1);
      statement.execute("ROLLBACK");
      await(
          () -> others.load().grants().stream().anyMatch(grant -> grant.effect() == Effect.REVOKE));
      assertThat(isAllowed(governor, "alice")).isFalse();
      governor.grants().grantTenantAccess("alice", "acme");
      assertThat(isAllowed(governor, "alice")).isTrue();
    }
  }

  @Test
  void whileTheStoreIsGoneNobodyHasAnythingAndAfterwardsEverythingIsBack() throws Exception {
    try (Governor governor = governor()) {
      governor.grants().grantTenantAccess("alice", "acme");
      governor.grants().grantPiiPermission("alice");
      Path aside = temporary.resolve("aside");
      Files.move(file, aside);
      isDeniedForLackOfGrants(governor);
      Files.move(aside, file);
      await(() -> !governor.grants().isUnavailable());
      assertThat(code(governor, "alice", "contacts")).isNull();
    }
  }

  @Test
  void whileTheStoreIsDamagedNobodyHasAnythingAndAGoodCopyHeals() throws Exception {
    SqlGrantStore.open(file).close();
    Path copy = temporary.resolve("copy");
    try (Governor governor = governor()) {
      governor.grants().grantTenantAccess("alice", "acme");
      governor.grants().grantPiiPermission("alice");
    }
    Files.copy(file, copy);
    try (Governor governor = governor()) {
      assertThat(code(governor, "alice", "contacts")).isNull();
      Files.write(file, new byte[8_192]); // in place, as a failing disk would
      isDeniedForLackOfGrants(governor);
      Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
      await(() -> !governor.grants().isUnavailable());
      assertThat(code(governor, "alice", "contacts")).isNull();
    }
  }

  private void isDeniedForLackOfGrants(Governor governor) throws Exception {
    await(() -> governor.grants().isUnavailable());
    CallOutcome outcome = call(governor, "alice", "find");
    Denial denial = ((CallOutcome.Refused) outcome).denial();
    assertThat(denial.code()).isEqualTo(DenialCode.POLICY_ERROR);
    assertThat(denial.reason()).contains("cannot be read at the moment");
    assertThat(denial.suggestions().toString()).contains("store of grants");
    assertThat(governor.grants().hasPermission(Principal.verified("alice"), Grants.PII_READ))
        .isFalse();
    assertThat(governor.mayUse(Principal.verified("alice"), "crm", "contacts")).isFalse();
  }

  @Test
  void aRevocationLetsTheRunningCallEndAndDeniesTheNext() throws Exception {
    try (Governor governor = governor()) {
      governor.grants().grantTenantAccess("alice", "acme");
      CountDownLatch runs = new CountDownLatch(1);
      CompletableFuture<ToolResult> answer = new CompletableFuture<>();
      CompletionStage<CallOutcome> running =
          governor.govern(
              CallRequest.of(
                  "crm", "find", Json.of(Map.of("tenant_id", "acme")), Principal.verified("alice")),
              call -> {
                runs.countDown();
                return answer;
              });
      runs.await();
      propose(Subject.user("alice"), Effect.REVOKE, null);
      await(() -> !isAllowed(governor, "alice"));
      assertThat(code(governor, "alice", "find")).isEqualTo(DenialCode.RLS);
      answer.complete(new ToolResult(Json.text("{}"), false));
      assertThat(running.toCompletableFuture().join()).isInstanceOf(CallOutcome.Released.class);
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterTheProcessWasKilled() throws Exception {
    for (int round = 0; round < 3; round++) {
      file = temporary.resolve("killed" + round);
      int acknowledged = 0;
      Process process = Proposer.start(file, 10_000);
      try (BufferedReader output = Proposer.output(process)) {
        while (acknowledged < 200 + round) {
          assertThat(output.readLine()).isEqualTo("user" + acknowledged);
          acknowledged++;
        }
        process.toHandle().destroyForcibly(); // what it has written can still be read
        acknowledged += (int) output.lines().count();
      }
      try (SqlGrantStore store = SqlGrantStore.open(file)) {
        assertThat(store.load().pending()).hasSizeBetween(acknowledged, acknowledged + 1);
        assertThat(store.load().pending().get(acknowledged - 1).change().grant().subject())
            .isEqualTo(Subject.user("user" + (acknowledged - 1)));
      }
    }
  }

  @Test
  void twoGovernorsOfOneStoreAgree() throws Exception {
    try (Governor one = governor();
        Governor other = governor()) {
      one.grants().grantTenantAccess("alice", "acme");
      await(() -> isAllowed(other, "alice"));
      other.grants().revokeTenantAccess("alice", "acme");
      await(() -> !isAllowed(one, "alice"));
      propose(Subject.user("alice"), Effect.GRANT, null);
      await(() -> isAllowed(one, "alice") && isAllowed(other, "alice"));
    }
  }

  @Test
  void aStoreThatCannotBeReadKeepsTheGovernorFromStarting() throws Exception {
    SqlGrantStore store = SqlGrantStore.open(file);
    Files.delete(file);
    assertThatThrownBy(() -> Governor.builder().auditLog(log).grantStore(store).build())
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("is gone");
  }
}
