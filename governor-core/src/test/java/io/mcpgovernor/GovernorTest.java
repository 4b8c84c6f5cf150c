package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.ALICE;
import static io.mcpgovernor.CustomerTool.SERVER;
import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.GrantStoreException;
import io.mcpgovernor.policy.Identity.Trust;
import io.mcpgovernor.policy.Policy;
import io.mcpgovernor.policy.ValidationResult;
import io.mcpgovernor.policy.ValidationResult.Check;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine does with calls that go as they should, and with calls that must not go. */
final class GovernorTest {
  @TempDir Path directory;

  private final CustomerTool tool = new CustomerTool();
  private Governor governor;

  @BeforeEach
  void start() {
    restart(Governor.builder());
  }

  @AfterEach
  void stop() {
    governor.close();
  }

  private void restart(GovernorBuilder builder) {
    if (governor != null) {
      governor.close();
    }
    governor = builder.auditTo(directory.resolve("audit")).build();
    CustomerTool.allowAlice(governor);
  }

  private Released released(CallRequest request) {
    CallOutcome outcome = governor.call(request, tool.handler());
    assertThat(outcome).isInstanceOf(Released.class);
    return (Released) outcome;
  }

  private Denial denied(CallRequest request) {
    int runs = tool.runs.get();
    CallOutcome outcome = governor.call(request, tool.handler());
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(tool.runs).as("a denied tool does not run").hasValue(runs);
    Denial denial = ((Refused) outcome).denial();
    assertThat(denial.executed()).isEqualTo(Executed.NO);
    assertThat(denial.reason()).isNotBlank();
    assertThat(denial.suggestions()).isNotEmpty();
    assertThat(field(0, "call_id")).isEqualTo(denial.id());
    assertThat(field(0, "event")).isEqualTo("denied");
    assertThat(field(0, "status")).isEqualTo("error");
    return denial;
  }

  private Object field(int newest, String name) {
    return governor.readLogs(newest + 1).get(newest).object().get(name);
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }

  @Test
  void anAllowedCallReturnsItsResultMaskedWithItsStructureKept() {
    assertThat(text(released(call()).result()))
        .isEqualTo(
            """
            {"name":"John Doe","email":"***@***.com","phone":"(***) ***-4567",\
            "ssn":"***-**-6789","card":"****-****-****-3456","note":"call (***) ***-4567"}""");
  }

  @Test
  void aStrictToolShowsNothingOfAMaskedValue() {
    governor.tools().register(CustomerTool.definition("export").build(), Sensitivity.STRICT);
    CallRequest export =
        CallRequest.of(SERVER, "export", Json.of(Map.of("tenant_id", "acme")), ALICE);

    assertThat(text(released(export).result()))
        .contains("***@***.com", "(***) ***-****", "***-**-****", "****-****-****-****")
        .doesNotContain("4567", "6789", "3456");
  }

  @Test
  void attemptAndOutcomeAreOnRecordWithTheTenFieldsAndNothingRaw() {
    released(call(Map.of("id", 1, "tenant_id", "acme", "email", "john@example.com")));

    List<Json> records = governor.readLogs(2);
    Map<String, Object> outcome = records.get(0).object();
    assertThat(outcome.keySet())
        .startsWith(
            "timestamp",
            "user_id",
            "tenant_id",
            "tool_name",
            "arguments",
            "result",
            "validation",
            "execution_time_ms",
            "error",
            "status");
    assertThat(outcome)
        .containsEntry("event", "outcome")
        .containsEntry("status", "success")
        .containsEntry("user_id", "alice")
        .containsEntry("tenant_id", "acme");
    assertThat(records.get(1).object())
        .containsEntry("event", "attempt")
        .containsEntry("status", "pending")
        .containsEntry("call_id", outcome.get("call_id"));
    for (Json record : records) {
      assertThat(text(record))
          .doesNotContain("john@", "123-4567", "45-6789", "9012-3456")
          .as("records are masked strictly")
          .doesNotContain("***-4567");
    }
  }

  @Test
  void theFirstDenialDecidesAndNothingMoreIsAsked() {
    AtomicInteger asked = new AtomicInteger();
    restart(
        Governor.builder()
            .rule(
                "count",
                Policy.of(
                    call -> {
                      asked.incrementAndGet();
                      return Decision.allow();
                    })));

    ValidationResult result =
        governor.validate(call(Map.of("tenant_id", "globex"))).toCompletableFuture().join();

    assertThat(result.failedPolicy()).isEqualTo("rls");
    assertThat(result.metadata()).containsEntry("allowed_tenants", List.of("acme"));
    assertThat(result.trace())
        .extracting(Check::name, Check::verdict)
        .startsWith(tuple("identity", Verdict.ALLOWED), tuple("probing", Verdict.ALLOWED))
        .contains(
            tuple("rls", Verdict.DENIED),
            tuple("pii_access", Verdict.NOT_EVALUATED),
            tuple("rule:count", Verdict.NOT_EVALUATED),
            tuple("charge", Verdict.NOT_EVALUATED));
    assertThat(asked).hasValue(0);
  }

  @Test
  void theHundredAndFirstCallIsRefusedWithTheTimeToWaitAndDeniedCallsCostNothing() {
    for (int i = 0; i < 50; i++) {
      denied(call(Map.of("tenant_id", "globex")));
    }
    for (int i = 0; i < 100; i++) {
      released(call());
    }

    Denial denial = denied(call());

    assertThat(denial.code()).isEqualTo(DenialCode.RATE_LIMIT);
    assertThat(denial.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
    assertThat(denial.suggestions().get(0)).startsWith("Wait until 20");
  }

  @Test
  void fiftyIdenticalCallsDoNotSlipThroughACache() {
    restart(
        Governor.builder().callsPerHour(10).rule("pure", Policy.cacheable(c -> Decision.allow())));
    int allowed = 0;
    for (int i = 0; i < 60; i++) {
      if (governor.call(call(), tool.handler()) instanceof Released) {
        allowed++;
      }
    }

    assertThat(allowed).isEqualTo(10);
    assertThat(tool.runs).hasValue(10);
  }

  @Test
  void aUserRefusedAHundredTimesInAMinuteIsRefusedOutright() {
    restart(Governor.builder().denialsPerMinute(5));
    for (int i = 0; i < 5; i++) {
      assertThat(denied(call(Map.of("tenant_id", "globex"))).code()).isEqualTo(DenialCode.RLS);
    }

    assertThat(denied(call()).code()).isEqualTo(DenialCode.RATE_LIMIT);
  }

  @Test
  void withoutThePermissionToReadPiiTheToolDoesNotRunUntilItIsGranted() {
    governor.grants().revokePiiPermission("alice");
    assertThat(denied(call()).code()).isEqualTo(DenialCode.PII_ACCESS);

    governor.grants().grantPiiPermission("alice");
    released(call());

    governor.grants().revokePiiPermission("alice");
    assertThat(denied(call()).code()).isEqualTo(DenialCode.PII_ACCESS);
  }

  @Test
  void aCallThatNamesNoTenantWorksForTheOnlyOneAndTheToolIsToldWhich() {
    AtomicInteger seen = new AtomicInteger();
    CallOutcome outcome =
        governor.call(
            call(Map.of("id", 1)),
            call -> {
              seen.incrementAndGet();
              assertThat(call.tenant()).isEqualTo("acme");
              assertThat(call.arguments().object()).containsEntry("tenant_id", "acme");
              return tool.handler().run(call);
            });

    assertThat(outcome).isInstanceOf(Released.class);
    assertThat(seen).hasValue(1);
  }

  @Test
  void withTwoTenantsTheCallMustSayWhich() {
    governor.grants().grantTenantAccess("alice", "globex");

    Denial denial = denied(call(Map.of("id", 1)));

    assertThat(denial.code()).isEqualTo(DenialCode.RLS);
    assertThat(denial.suggestions().get(0)).contains("acme, globex");
  }

  @Test
  void aMissingTenantIsAMatterOfTenantAccessEvenIfTheSchemaRequiresIt() {
    governor.grants().grantTenantAccess("alice", "globex");
    governor
        .tools()
        .register(
            CustomerTool.definition("strict_schema")
                .argumentCheck(
                    arguments ->
                        arguments.object().containsKey("tenant_id") ? null : "lacks tenant_id")
                .build(),
            Sensitivity.STANDARD);

    Denial denial =
        denied(CallRequest.of(SERVER, "strict_schema", Json.of(Map.of("id", 1)), ALICE));

    assertThat(denial.code()).isEqualTo(DenialCode.RLS);
    assertThat(denial.suggestions().get(0)).contains("acme, globex");
  }

  @Test
  void aTenantNamedInMetaIsToldToTheTool() {
    CallRequest request =
        new CallRequest(
            SERVER,
            "get_customer",
            Json.of(Map.of("id", 1)),
            Json.of(Map.of("io.mcpgovernor/tenant_id", "acme")),
            ALICE);
    governor.grants().grantTenantAccess("alice", "globex");

    CallOutcome outcome =
        governor.call(
            request,
            call -> {
              assertThat(call.arguments().object()).containsEntry("tenant_id", "acme");
              return tool.handler().run(call);
            });

    assertThat(outcome).isInstanceOf(Released.class);
  }

  @Test
  void nobodyIsDeniedUnlessTheHostTrustsArguments() {
    CallRequest unsigned =
        CallRequest.of(
            SERVER, "get_customer", Json.of(Map.of("user_id", "alice", "tenant_id", "acme")), null);
    assertThat(denied(unsigned).code()).isEqualTo(DenialCode.IDENTITY);

    restart(Governor.builder().trust(Trust.ARGUMENTS));
    released(unsigned);
  }

  @Test
  void aMaskIsNotWrittenBack() {
    assertThat(denied(call(Map.of("tenant_id", "acme", "ssn", "***-**-6789"))).code())
        .isEqualTo(DenialCode.MASKED_VALUE);
  }

  @Test
  void aCallThatIsTooComplexIsToldWhatWeighs() {
    Denial denial = denied(call(Map.of("tenant_id", "acme", "sql", "SELECT 1 ".repeat(1_000))));

    assertThat(denial.code()).isEqualTo(DenialCode.COMPLEXITY);
    assertThat(denial.suggestions().get(0)).startsWith("Shorten the query").contains("weighs 90");
    assertThat(field(0, "validation").toString()).contains("complexity_score", "query_text");
  }

  @Test
  void factsOfAnAllowedCallAreOnRecordMaskedAndBounded() {
    List<Object> notes = new ArrayList<>(List.of("Ask bob@example.com"));
    Map<String, Object> facts = Map.of("notes", notes);
    restart(Governor.builder().rule("facts", Policy.of(call -> Decision.allow(facts))));
    released(call());
    Map<?, ?> validation = (Map<?, ?>) field(0, "validation");
    assertThat(validation.keySet().stream().map(Object::toString))
        .containsExactly(
            "is_allowed", "reason", "suggestions", "failed_policy", "metadata", "trace");
    assertThat((Map<?, ?>) validation.get("metadata"))
        .extracting("notes")
        .isEqualTo(List.of("Ask ***@***.com"));
    assertThat((List<?>) validation.get("trace")).hasSize(13);

    notes.add("x".repeat(100_000));
    released(call());
    assertThat(field(0, "validation").toString().length()).isBetween(60_000, 70_000);
  }

  @Test
  void anUnknownToolIsDeniedAndRecordedUnderAShortName() {
    Denial denial = denied(CallRequest.of(SERVER, "x".repeat(10_000), Json.of(Map.of()), ALICE));

    assertThat(denial.code()).isEqualTo(DenialCode.UNKNOWN_TOOL);
    assertThat((String) field(0, "tool_name")).hasSize(128);
  }

  @Test
  void aRuleOfTheHostsOwnDeniesUnderItsName() {
    restart(
        Governor.builder()
            .rule(
                "no-export",
                Policy.of(
                    call ->
                        Decision.deny(
                            DenialCode.RLS, "Write to bob@example.com for that.", "Ask first."))));

    Denial denial = denied(call());

    assertThat(denial.code().name()).isEqualTo("rule:no-export");
    assertThat(denial.reason())
        .as("reasons are masked")
        .isEqualTo("Write to ***@***.com for that.");
  }

  @Test
  void aPolicySwitchedOffIsNotAskedAndItsReasonIsOnRecord() {
    restart(Governor.builder().disable(DenialCode.RLS, "single tenant"));

    released(call(Map.of("tenant_id", "globex")));

    assertThat(governor.readLogs(100))
        .anySatisfy(
            record ->
                assertThat(record.object())
                    .containsEntry("event", "admin")
                    .containsEntry("tool_name", "disable")
                    .hasEntrySatisfying(
                        "arguments",
                        arguments -> assertThat(arguments.toString()).contains("single tenant")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Governor.builder().disable(DenialCode.IDENTITY, "no"));
  }

  @Test
  void grantsAndRevocationsAreOnRecord() {
    governor.grants().revokeTenantAccess("alice", "acme");

    assertThat(governor.readLogs(1).get(0).object())
        .containsEntry("event", "admin")
        .containsEntry("tool_name", "revoke_tenant_access")
        .containsEntry(
            "arguments", Map.of("subject", "user:alice", "object", "acme", "by", "host"));
  }

  @Test
  void aListShowsWhatACallerMayUseAndChargesNothing() {
    for (int i = 0; i < 200; i++) {
      assertThat(governor.mayUse(ALICE, SERVER, "get_customer")).isTrue();
    }
    assertThat(governor.mayUse(Principal.verified("bob"), SERVER, "get_customer")).isFalse();
    assertThat(governor.mayUse(null, SERVER, "get_customer")).isFalse();
    assertThat(governor.mayUse(ALICE, SERVER, "hidden")).isFalse();
    released(call());
  }

  @Test
  void theSameToolMayBeRegisteredTwiceButNotAnotherUnderItsName() {
    governor.tools().register(CustomerTool.definition("get_customer").build(), Sensitivity.STRICT);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                governor
                    .tools()
                    .register(
                        Tool.of(SERVER, Json.of(Map.of("name", "get_customer", "title", "other")))
                            .build(),
                        Sensitivity.STANDARD))
        .withMessageContaining("another tool named get_customer");
  }

  @Test
  void aGovernorWithoutAnAuditLogIsNotBuilt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Governor.builder().build())
        .withMessageContaining("auditTo");
  }

  @Test
  void aConfigurationFileNeedsTheModuleThatReadsIt() {
    assertThatThrownBy(() -> Governor.fromConfig(directory.resolve("governor.yaml")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("io.mcpgovernor:governor-config");
  }

  @Test
  void aGovernorThatCannotStartLeavesItsAuditLogToTheNext() {
    GovernorBuilder broken =
        Governor.builder()
            .auditTo(directory)
            .grantStore(
                () -> {
                  throw new GrantStoreException("the store is gone");
                });
    assertThatThrownBy(broken::build).hasMessage("the store is gone");
    Governor.builder().auditTo(directory).build().close();
  }
}
