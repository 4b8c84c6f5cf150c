package io.mcpgovernor.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Denial.Executed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kit as its users use it; {@code docs/testing.md} shows parts of this file. */
final class CustomerToolsTest {
  // docs: extension
  @RegisterExtension
  final GovernorExtension governed =
      GovernorExtension.of(new CustomerTools())
          .with(governor -> governor.callsPerHour(2))
          .declaring(tools -> tools.tool("export", tool -> tool.strict()));

  @BeforeEach
  void grant() {
    governed.grants().grantTenantAccess("alice", "acme");
    governed.grants().grantPiiPermission("alice");
  }

  // docs: end

  // docs: denial
  @Test
  void whoHasNoAccessToTheTenantIsDenied() {
    governed
        .assertThatCall("get_customer")
        .as("mallory")
        .in("acme")
        .with("customerId", "c1")
        .isDenied("rls")
        .hasReason("no access to the tenant")
        .suggests("Ask an administrator")
        .hasExecuted(Executed.NO);
    governed.assertThatAudit().hasDenial("rls").by("mallory").hasNoAttempt("get_customer");
  }

  // docs: end

  // docs: result
  @Test
  void aCustomerComesWithoutPersonalData() {
    governed
        .assertThatCall("get_customer")
        .as("alice")
        .in("acme")
        .with("customerId", "c1")
        .isAllowed()
        .masks("email", "ssn")
        .hasResult("/email", "***@***.com")
        .hasResult("/orders", 3)
        .doesNotContain("john@example.com", "123-45");
    governed
        .assertThatAudit()
        .hasAttemptAndOutcome("get_customer")
        .by("alice")
        .in("acme")
        .times(1)
        .holdsNoRawValue("john@example.com", "123-45");
  }

  // docs: end

  // docs: clock
  @Test
  void aThirdCallInAnHourIsDenied() {
    CallAssert call =
        governed.assertThatCall("get_customer").as("alice").in("acme").with("customerId", "c1");
    call.isAllowed();
    governed.clock().advance(Duration.ofMinutes(10));
    call.isAllowed();
    call.isDenied("rate_limit").hasRetryAfter(Duration.ofMinutes(50));

    governed.clock().advancePast(Duration.ofMinutes(50));
    call.isAllowed();
  }

  // docs: end

  @Test
  void aStrictToolShowsNoTail() {
    governed
        .assertThatCall("export")
        .as("alice")
        .in("acme")
        .isAllowed()
        .masks("email", "ssn")
        .masks("/result/1/ssn")
        .hasResult("/result/0/ssn", "***-**-****");
  }

  @Test
  void argumentsRolesMetaAndContextReachTheTool() {
    governed
        .assertThatCall("who_am_i")
        .as("alice")
        .withRoles("auditor")
        .withTenants("globex")
        .in("globex")
        .withJson("{}")
        .with(Map.of())
        .withMeta("trace", "1")
        .withContext("header", "h")
        .isAllowed()
        .isNoError()
        .masksNothing()
        .hasText("alice [auditor]");
  }

  @Test
  void aToolWithoutATenantParameterWorksForATenantAllTheSame() {
    governed.assertThatCall("who_am_i").as("alice").in("acme").isAllowed();
    governed.assertThatCall("who_am_i").as("alice").in("globex").isDenied("rls");
    governed.assertThatAudit().hasAttemptAndOutcome("who_am_i").in("acme").times(1);
  }

  @Test
  void nobodyIsDenied() {
    governed.assertThatCall("who_am_i").isDenied("identity").doesNotContain("alice");
  }

  @Test
  void aToolThatThrowsIsADenialWithoutItsMessage() {
    governed
        .assertThatCall("broken")
        .as("alice")
        .isDenied("tool_error")
        .hasExecuted(Executed.YES)
        .doesNotContain("john@example.com", "Row");
    governed.assertThatAudit().hasDenial("tool_error").of("broken").holdsNoRawValue("Row");
  }

  @Test
  void aToolThatAnswersWithAnErrorWasAllowed() {
    governed.assertThatCall("refusing").as("alice").isAllowed().isError().hasText("no such thing");
  }

  @Test
  void theRestOfTheGovernorIsThereAsWell() {
    assertThat(governed.governor().readLogs(10)).hasSize(2);
    assertThat(governed.auditDirectory()).isNotEmptyDirectory();
  }
}
