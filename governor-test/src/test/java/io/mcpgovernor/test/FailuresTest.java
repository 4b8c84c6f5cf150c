package io.mcpgovernor.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.DenialCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

/** Assertions that do not hold say what was asked, what was decided and why. */
final class FailuresTest {
  @RegisterExtension
  final GovernorExtension governed =
      GovernorExtension.of(new CustomerTools())
          .with(
              governor ->
                  governor
                      .callsPerHour(2)
                      .column("export.name", Sensitivity.STRICT)
                      .rule("slow", call -> CompletableFuture.supplyAsync(Decision::allow)));

  private CallAssert getCustomer;

  @BeforeEach
  void grant() {
    governed.grants().grantTenantAccess("alice", "acme");
    governed.grants().grantPiiPermission("alice");
    getCustomer =
        governed.assertThatCall("get_customer").as("alice").in("acme").with("customerId", "c1");
  }

  private static AssertionFailedError failure(ThrowingCallable assertion) {
    return catchThrowableOfType(AssertionFailedError.class, assertion);
  }

  @Test
  void aCallThatIsAllowedThoughItWasToBeDenied() {
    AssertionFailedError failure = failure(() -> getCustomer.isDenied("rate_limit"));

    assertThat(failure)
        .hasMessageStartingWith(
            "get_customer as alice in acme was to be denied (rate_limit) but was allowed")
        .hasMessageContaining("call_count 0 of 2")
        .hasMessageContaining("allowed by identity, probing")
        .hasMessageContaining("arguments: {customerId=c1}");
    assertThat(failure.getExpected().getStringRepresentation()).isEqualTo("denied (rate_limit)");
    assertThat(failure.getActual().getStringRepresentation()).isEqualTo("allowed");
  }

  @Test
  void aCallThatIsDeniedThoughItWasToBeAllowed() {
    AssertionFailedError failure = failure(() -> getCustomer.in("globex").isAllowed());

    assertThat(failure)
        .hasMessageStartingWith(
            "get_customer as alice in globex was to be allowed but was denied (rls)")
        .hasMessageContaining("reason: You have no access to the tenant this call asks for.")
        .hasMessageContaining("- Call again for a tenant you have access to: acme.")
        .hasMessageContaining("allowed_tenants [acme]")
        .hasMessageContaining("denied by rls");
    assertThat(failure.getActual().getStringRepresentation()).isEqualTo("denied (rls)");
  }

  @Test
  void aCallThatIsDeniedForSomethingElse() {
    assertThat(failure(() -> governed.assertThatCall("who_am_i").isDenied(DenialCode.RLS)))
        .hasMessageStartingWith(
            "who_am_i as nobody was to be denied (rls) but was denied (identity)");
  }

  @Test
  void aToolThatFailed() {
    assertThat(failure(() -> governed.assertThatCall("broken").as("alice").isAllowed()))
        .hasMessageContaining("denied (tool_error)")
        .hasMessageContaining("the log says where it failed");
  }

  @Test
  void everyTerminalAssertionMakesOneCall() {
    failure(() -> getCustomer.isDenied("rls"));
    getCustomer.isAllowed().masks("email").masks("ssn");
    getCustomer.isDenied("rate_limit").hasReason("2 calls");
  }

  @Test
  void aDenialThatSaysSomethingElse() {
    getCustomer.isAllowed();
    getCustomer.isAllowed();
    DenialAssert denial = getCustomer.isDenied("rate_limit");

    assertThat(denial.denial().executed()).isEqualTo(Executed.NO);
    assertThat(failure(() -> denial.hasReason("tenant")))
        .hasMessageContaining("a reason with 'tenant'")
        .hasMessageContaining("call_count 2 of 2");
    assertThat(failure(() -> denial.suggests("Sign in"))).hasMessageContaining("'Sign in'");
    assertThat(failure(() -> denial.hasRetryAfter(Duration.ofMinutes(59))))
        .hasMessageContaining("was to be denied until PT59M from now, but for PT1H");
    assertThat(failure(() -> denial.hasExecuted(Executed.YES)))
        .hasMessageContaining("'executed: yes', but the denial says no");
    assertThat(failure(() -> denial.doesNotContain("rate_limit")))
        .hasMessageContaining("was not to tell 'rate_limit', but does, at /content/0/text");
  }

  @Test
  void aDenialThatDoesNotSayWhenToTryAgain() {
    DenialAssert denial = getCustomer.in("globex").isDenied("rls");

    assertThat(failure(() -> denial.hasRetryAfter(Duration.ofMinutes(1))))
        .hasMessageContaining("but for good");
  }

  @Test
  void aFieldThatHoldsNoMask() {
    ResultAssert result = getCustomer.isAllowed();

    assertThat(failure(() -> result.masks("email", "name")))
        .hasMessageContaining("a mask in 'name', but there is John Doe at /name");
    governed.assertThatCall("export").as("alice").in("acme").isAllowed().masks("name", "email");
    assertThat(failure(() -> result.masks("phone")))
        .hasMessageContaining("a field 'phone'")
        .satisfies(
            failure ->
                assertThat(failure.getActual().getStringRepresentation()).contains("/email"));
    assertThat(failure(() -> result.masks("/orders"))).hasMessageContaining("there is 3");
    assertThat(failure(result::masksNothing)).hasMessageContaining("without masks");
  }

  @Test
  void aMaskThatTheToolItselfGave() {
    ResultAssert result = governed.assertThatCall("masked_already").as("alice").isAllowed();

    assertThat(failure(() -> result.masks("email")))
        .hasMessageContaining("the tool itself gave one at /email");
  }

  @Test
  void aResultThatHoldsSomethingElse() {
    ResultAssert result = getCustomer.isAllowed();

    assertThat(failure(() -> result.hasResult("/orders", 4)))
        .hasMessageContaining("was to be answered with 4 at /orders, but has 3");
    assertThat(failure(() -> result.hasResult("/phone", null)))
        .hasMessageContaining("a value at /phone");
    assertThat(failure(() -> result.hasText("Jane"))).hasMessageContaining("'Jane'");
    assertThat(failure(() -> result.doesNotContain("Jane", "John")))
        .hasMessageContaining("was not to tell 'John', but does, at /content/0/text");
    assertThat(failure(() -> result.doesNotContain("ssn"))).hasMessageContaining("'ssn'");
    assertThat(failure(result::isError)).hasMessageContaining("an error of the tool's own");
    assertThatIllegalArgumentException().isThrownBy(() -> result.doesNotContain(""));
  }

  @Test
  void anAuditLogThatHoldsSomethingElse() {
    getCustomer.isAllowed();
    getCustomer.in("globex").isDenied("rls");
    AuditAssert audit = governed.assertThatAudit();

    assertThat(failure(() -> audit.hasAttemptAndOutcome("export")))
        .hasMessage(
            """
            the audit log was to have an attempt and an outcome of export; on record are 2 calls:
              attempt and outcome of get_customer by alice in acme
              denied of get_customer by alice in globex (rls)""");
    assertThat(failure(() -> audit.hasAttemptAndOutcome("get_customer").by("alice").in("globex")))
        .hasMessageContaining("an attempt and an outcome of get_customer by alice in globex;");
    assertThat(failure(() -> audit.hasDenial("rate_limit"))).hasMessageContaining("(rate_limit)");
    assertThat(failure(() -> audit.hasDenial("rls").of("export")))
        .hasMessageContaining("a denial (rls) of export");
    assertThat(failure(() -> audit.hasDenial("rls").times(2)))
        .hasMessageContaining("a denial (rls) 2 times, and has it 1 times");
    assertThat(failure(() -> audit.hasNoAttempt("get_customer")))
        .hasMessageContaining("no attempt of get_customer");
    assertThat(failure(() -> audit.holdsNoRawValue("John Doe")))
        .hasMessageContaining("no 'John Doe', which stands at /result/");
  }

  @Test
  void anAuditLogWithoutCalls() {
    assertThat(failure(() -> governed.assertThatAudit().hasDenial("rls")))
        .hasMessage("the audit log was to have a denial (rls); on record are no calls");
  }

  @Test
  void anAssertionThatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governed.assertThatCall("get_costumer"))
        .withMessageStartingWith("there is no tool named get_costumer; there are: broken, export");
    assertThatIllegalStateException()
        .isThrownBy(() -> governed.assertThatCall("export").withRoles("auditor"));
  }
}
