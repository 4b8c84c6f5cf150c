package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ManualTime;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Subject;
import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What limits know after a restart. */
final class RateHistoryTest {
  @TempDir private Path temporary;

  private final ManualTime time = new ManualTime();
  private final CustomerTool tool = new CustomerTool();

  private Governor open(GovernorBuilder builder) {
    Governor governor = builder.auditTo(temporary.resolve("audit")).build();
    CustomerTool.allowAlice(governor);
    return governor;
  }

  private boolean runs(Governor governor, CallRequest request) {
    CallOutcome outcome = governor.call(request, tool.handler());
    if (outcome instanceof Refused refused) {
      assertThat(refused.denial().code()).isEqualTo(DenialCode.RATE_LIMIT);
    }
    return outcome instanceof Released;
  }

  private GovernorBuilder five() {
    return Governor.builder().callsPerHour(5).timeSource(time);
  }

  @Test
  void aRestartGivesNobodyAFreshWindow() {
    for (int restart = 0; restart < 5; restart++) {
      try (Governor governor = open(five())) {
        assertThat(runs(governor, call())).isTrue();
      }
      time.advance(Duration.ofMinutes(10));
    }
    try (Governor governor = open(five())) {
      assertThat(runs(governor, call())).isFalse();
      // The first call was made fifty minutes ago; each frees its place when its hour is over.
      time.advance(Duration.ofMinutes(10).minusMillis(1));
      assertThat(runs(governor, call())).isFalse();
      time.advance(Duration.ofMillis(3));
      assertThat(runs(governor, call())).isTrue();
      assertThat(runs(governor, call())).isFalse();
    }
  }

  @Test
  void acknowledgedCallsCountAfterKill9() throws Exception {
    int callsMax = 400;
    int ran = 0;
    for (int round = 0; round < 3; round++) {
      Process process = GovernorChild.start(temporary.resolve("audit"), callsMax);
      try (BufferedReader output = GovernorChild.output(process)) {
        int before = ran;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          assertThat(line).isEqualTo("ran");
          if (++ran == before + 40) {
            process.toHandle().destroyForcibly(); // SIGKILL; what it said stays in the pipe
          }
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    assertThat(ran).isGreaterThanOrEqualTo(120);
    int attempts = attempts();
    assertThat(attempts).isBetween(ran, ran + 6); // two threads had one each under way
    try (Governor governor = open(Governor.builder().callsPerHour(callsMax))) {
      int left = 0;
      while (runs(governor, call())) {
        left++;
      }
      assertThat(attempts + left).isEqualTo(callsMax);
    }
  }

  private int attempts() throws Exception {
    int attempts = 0;
    for (String line :
        Files.readAllLines(temporary.resolve("audit").resolve("audit-000001.jsonl"))) {
      attempts += line.contains("\"event\":\"attempt\"") ? 1 : 0;
    }
    return attempts;
  }

  @Test
  void aLowerLimitCountsTheNewestCalls() {
    try (Governor governor = open(five())) {
      for (int i = 0; i < 5; i++) {
        assertThat(runs(governor, call())).isTrue();
        time.advance(Duration.ofMinutes(1));
      }
    }
    try (Governor governor = open(Governor.builder().callsPerHour(2).timeSource(time))) {
      time.advance(Duration.ofMinutes(58)); // three of the five are over
      assertThat(runs(governor, call())).isFalse();
      time.advance(Duration.ofMinutes(1));
      assertThat(runs(governor, call())).isTrue();
    }
  }

  @Test
  void usersTenantsAndToolsKeepTheirOwnCounts() {
    Principal bob =
        new Principal("idp", "alice", Set.of("acme"), Set.of(), Principal.Source.VERIFIED);
    CallRequest bobs =
        CallRequest.of(
            CustomerTool.SERVER, "get_customer", Json.of(Map.of("tenant_id", "acme")), bob);
    Set<By> all = Set.of(By.USER, By.TENANT, By.TOOL);
    for (int restart = 0; restart < 2; restart++) {
      try (Governor governor =
          open(Governor.builder().calls(1, Duration.ofHours(1), all).timeSource(time))) {
        governor.grants().grantTenantAccess("alice", "beta");
        assertThat(runs(governor, call())).isEqualTo(restart == 0);
        assertThat(runs(governor, call(Map.of("tenant_id", "beta")))).isEqualTo(restart == 0);
      }
    }
    try (Governor governor = open(Governor.builder().callsPerHour(1).timeSource(time))) {
      assertThat(runs(governor, call())).isFalse();
      governor.grants().grantPermission(Subject.any(), Grants.PII_READ);
      assertThat(runs(governor, bobs)).as("of another issuer").isTrue();
    }
  }

  @Test
  void denialsCountAfterARestartButNotThoseForTooManyDenials() {
    CallRequest wrong = call(Map.of("tenant_id", "foreign"));
    try (Governor governor = open(Governor.builder().denialsPerMinute(3).timeSource(time))) {
      for (int i = 0; i < 5; i++) {
        assertThat(governor.call(wrong, tool.handler())).isInstanceOf(Refused.class);
      }
    }
    time.advance(Duration.ofSeconds(59));
    try (Governor governor = open(Governor.builder().denialsPerMinute(3).timeSource(time))) {
      assertThat(runs(governor, call())).isFalse();
      time.advance(Duration.ofMillis(1_002));
      assertThat(runs(governor, call())).isTrue();
    }
  }

  @Test
  void aLogThatCannotBeReadKeepsTheGovernorFromStarting() throws Exception {
    Path audit = temporary.resolve("audit");
    try (AuditLog log = JsonlAuditLog.open(audit, Durability.FLUSH)) {
      log.append(
              // An attempt of nobody: whoever wrote it, it cannot be counted.
              AuditRecord.of(Event.ATTEMPT, Status.PENDING, time.now(), "secret", "x").build())
          .toCompletableFuture()
          .get();
    }
    assertThatThrownBy(() -> open(five()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be read, so nobody knows how many calls were made lately")
        .hasMessageContaining("move it aside")
        .message()
        .doesNotContain("secret");
    time.advance(Duration.ofMinutes(61));
    try (Governor governor = open(five())) { // it let go of the directory; what is old is not read
      assertThat(runs(governor, call())).isTrue();
    }
  }
}
