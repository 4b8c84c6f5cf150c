package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.ALICE;
import static io.mcpgovernor.CustomerTool.SERVER;
import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever goes wrong, the caller gets less: no raw data, no unrecorded run, a code and a reason.
 */
final class GovernorFaultsTest {
  private final CustomerTool tool = new CustomerTool();
  private final MemoryLog log = new MemoryLog();
  private Governor governor = governor(Governor.builder());

  /** A log in memory that can be told to fail. */
  private static final class MemoryLog implements AuditLog {
    private final List<AuditRecord> records = Collections.synchronizedList(new ArrayList<>());
    private volatile Predicate<AuditRecord> fails = record -> false;

    @Override
    public CompletionStage<Receipt> append(AuditRecord record) {
      if (fails.test(record)) {
        return CompletableFuture.failedFuture(new IOException("no space left"));
      }
      records.add(record);
      return CompletableFuture.completedFuture(new Receipt(records.size()));
    }

    @Override
    public List<Json> readLogs(int limit) {
      return List.of();
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private Governor governor(GovernorBuilder builder) {
    Governor built = builder.auditLog(log).build();
    CustomerTool.allowAlice(built);
    return built;
  }

  @AfterEach
  void stop() {
    governor.close();
  }

  private Denial refused(CallRequest request, ToolHandler handler) {
    CallOutcome outcome = governor.call(request, handler);
    assertThat(outcome).isInstanceOf(Refused.class);
    Denial denial = ((Refused) outcome).denial();
    assertThat(denial.toText() + denial.toJson()).doesNotContain("john@", "secret");
    return denial;
  }

  private Map<String, Object> lastRecord() {
    return log.records.get(log.records.size() - 1).toJson().object();
  }

  private void assertNothingRawIsOnRecord() {
    assertThat(log.records)
        .allSatisfy(
            record ->
                assertThat(new String(record.toJson().utf8(), StandardCharsets.UTF_8))
                    .doesNotContain("john@example.com", "secret"));
  }

  @Test
  void aCallWhoseAttemptCannotBeRecordedDoesNotRun() {
    log.fails = record -> record.event() == Event.ATTEMPT;

    Denial denial = refused(call(), tool.handler());

    assertThat(denial.code()).isEqualTo(DenialCode.AUDIT_UNAVAILABLE);
    assertThat(denial.executed()).isEqualTo(Executed.NO);
    assertThat(tool.runs).hasValue(0);

    log.fails = record -> false;
    assertThat(governor.call(call(), tool.handler())).isInstanceOf(Released.class);
  }

  @Test
  void aResultWhoseOutcomeCannotBeRecordedIsWithheld() {
    log.fails = record -> record.event() == Event.OUTCOME;

    Denial denial = refused(call(), tool.handler());

    assertThat(denial.code()).isEqualTo(DenialCode.AUDIT_UNAVAILABLE);
    assertThat(denial.executed()).isEqualTo(Executed.YES);
  }

  @Test
  void aDenialIsAnsweredEvenIfItCannotBeRecorded() {
    log.fails = record -> true;

    assertThat(refused(call(Map.of("tenant_id", "globex")), tool.handler()).code())
        .isEqualTo(DenialCode.RLS);
  }

  @Test
  void aGrantThatCannotBeRecordedDoesNotTakeEffectAndARevocationDoes() {
    log.fails = record -> record.event() == Event.ADMIN;

    assertThat(catchThrowable(() -> governor.grants().grantTenantAccess("bob", "acme")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(catchThrowable(() -> governor.grants().revokePiiPermission("alice")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(governor.grants().tenants(Principal.verified("bob"))).isEmpty();
    assertThat(refused(call(), tool.handler()).code()).isEqualTo(DenialCode.PII_ACCESS);
  }

  @Test
  void whatAToolThrowsReachesNeitherCallerNorRecord() {
    List<Throwable> failures =
        List.of(
            new IllegalStateException("secret: john@example.com"),
            new StackOverflowError("secret"),
            new AssertionError("secret"),
            new IOException("secret"));
    for (Throwable failure : failures) {
      Denial denial =
          refused(
              call(),
              call -> {
                if (failure instanceof Error error) {
                  throw error;
                }
                throw (Exception) failure;
              });
      assertThat(denial.code()).isEqualTo(DenialCode.TOOL_ERROR);
      assertThat(denial.executed()).isEqualTo(Executed.YES);
      assertThat(lastRecord())
          .containsEntry("event", "outcome")
          .containsEntry("code", "tool_error");
    }
    assertNothingRawIsOnRecord();
  }

  @Test
  void aToolThatFailsLaterOrReturnsNothingIsAnError() {
    List<ToolHandler> broken =
        List.of(
            call -> CompletableFuture.failedFuture(new IllegalStateException("secret")),
            call -> CompletableFuture.completedFuture(null),
            call -> null);
    for (ToolHandler handler : broken) {
      assertThat(refused(call(), handler).code()).isEqualTo(DenialCode.TOOL_ERROR);
    }
    assertNothingRawIsOnRecord();
  }

  @Test
  void aSlowToolIsInterruptedAndItsCallerToldThatNobodyKnowsWhetherItRan() throws Exception {
    governor.close();
    governor = governor(Governor.builder().timeout(Duration.ofMillis(50)));
    CountDownLatch interrupted = new CountDownLatch(1);

    Denial denial =
        refused(
            call(),
            call -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return tool.handler().run(call);
            });

    assertThat(denial.code()).isEqualTo(DenialCode.TIMEOUT);
    assertThat(denial.executed()).isEqualTo(Executed.UNKNOWN);
    assertThat(lastRecord()).containsEntry("code", "timeout").containsEntry("executed", "unknown");
    interrupted.await();
  }

  @Test
  void aToolThatHangsKeepsItsPlaceUntilItHasReallyEnded() {
    governor.close();
    governor = governor(Governor.builder().timeout(Duration.ofMillis(20)).concurrency(1));
    CompletableFuture<ToolResult> never = new CompletableFuture<>();
    assertThat(refused(call(), call -> never).code()).isEqualTo(DenialCode.TIMEOUT);

    assertThat(refused(call(), tool.handler()).code()).isEqualTo(DenialCode.CONCURRENCY);

    never.complete(new ToolResult(Json.NULL, false));
    assertThat(governor.call(call(), tool.handler())).isInstanceOf(Released.class);
  }

  @Test
  void aToolThatCanBeCancelledGivesItsPlaceBackWhenItsTimeIsOver() {
    governor.close();
    governor = governor(Governor.builder().timeout(Duration.ofMillis(20)).concurrency(1));
    ToolHandler endless =
        new ToolHandler() {
          @Override
          public CompletionStage<ToolResult> run(ToolCall call) {
            return new CompletableFuture<>();
          }

          @Override
          public void cancel(CompletionStage<ToolResult> running) {
            running.toCompletableFuture().cancel(true);
          }
        };
    assertThat(refused(call(), endless).code()).isEqualTo(DenialCode.TIMEOUT);

    assertThat(governor.call(call(), tool.handler())).isInstanceOf(Released.class);
  }

  @Test
  void aToolsOwnTimeOutIsTheToolsFailureNotOurs() {
    Denial denial =
        refused(call(), call -> CompletableFuture.failedFuture(new TimeoutException("secret")));

    assertThat(denial.code()).isEqualTo(DenialCode.TOOL_ERROR);
    assertThat(denial.executed()).isEqualTo(Executed.YES);
  }

  @Test
  void whatAnEventLoopAnswersIsNeitherMaskedNorRecordedOnItsThread() throws Exception {
    ExecutorService eventLoop = Executors.newSingleThreadExecutor(run -> new Thread(run, "loop"));
    List<String> appending = Collections.synchronizedList(new ArrayList<>());
    log.fails = record -> !appending.add(Thread.currentThread().getName());
    CompletableFuture<CallOutcome> outcome =
        governor
            .govern(
                call(),
                call ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          sleep();
                          return new ToolResult(Json.text("\"john@example.com\""), false);
                        },
                        eventLoop))
            .toCompletableFuture();

    assertThat(outcome.get()).isInstanceOf(Released.class);
    assertThat(appending).hasSize(2).last().asString().startsWith("governor-tool-");
    eventLoop.shutdown();
  }

  private static void sleep() {
    try {
      Thread.sleep(20); // so that the engine waits for the stage rather than finding it complete
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void closingLetsAsynchronousToolsEndAndRecordsThem() {
    CompletableFuture<ToolResult> answer = new CompletableFuture<>();
    CompletableFuture<CallOutcome> outcome =
        governor.govern(call(), call -> answer).toCompletableFuture();
    answer.completeOnTimeout(new ToolResult(Json.NULL, false), 50, TimeUnit.MILLISECONDS);
    governor.close();

    assertThat(outcome.join()).isInstanceOf(Released.class);
    assertThat(lastRecord()).containsEntry("event", "outcome").containsEntry("status", "success");
    assertThat(refused(call(), tool.handler()).executed()).isEqualTo(Executed.NO);
  }

  @Test
  void argumentsThatCannotBeReadAreDeniedOnRecord() {
    Map<String, Object> changing =
        new LinkedHashMap<>() {
          @Override
          public Set<Map.Entry<String, Object>> entrySet() {
            throw new ConcurrentModificationException("secret");
          }
        };
    changing.put("tenant_id", "acme");
    CallRequest request = CallRequest.of(SERVER, "get_customer", Json.of(changing), ALICE);

    assertThat(refused(request, tool.handler()).code())
        .isIn(DenialCode.POLICY_ERROR, DenialCode.TOO_LARGE);
    assertThat(lastRecord()).containsEntry("event", "denied");
    assertThat(tool.runs).hasValue(0);
  }

  @Test
  void aResultThatIsNotJsonIsWithheld() {
    for (String broken :
        List.of("", "{", "{\"email\":\"john@example.com\"", "\"\\ud8\"", "nul", "[1]x")) {
      Denial denial =
          refused(
              call(),
              call -> CompletableFuture.completedFuture(new ToolResult(Json.text(broken), false)));
      assertThat(denial.code()).as(broken).isEqualTo(DenialCode.MASKING_FAILED);
      assertThat(denial.executed()).isEqualTo(Executed.YES);
    }
  }

  @Test
  void aResultThatIsNoJsonTreeIsWithheld() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    Map<Object, Object> foreignKey = new HashMap<>();
    foreignKey.put(1, "john@example.com");
    for (Object broken : List.of(itself, foreignKey, new Object(), Double.NaN)) {
      assertThat(
              refused(
                      call(),
                      call ->
                          CompletableFuture.completedFuture(new ToolResult(Json.of(broken), false)))
                  .code())
          .isEqualTo(DenialCode.MASKING_FAILED);
    }
  }

  @Test
  void aResultThatIsTooLargeIsWithheld() {
    governor.close();
    governor = governor(Governor.builder().resultBytes(100));

    assertThat(refused(call(), tool.handler()).code()).isEqualTo(DenialCode.RESULT_TOO_LARGE);
  }

  @Test
  void aResultWhoseMaskDoesNotFitIsWithheld() {
    ToolHandler typed =
        new ToolHandler() {
          @Override
          public CompletionStage<ToolResult> run(ToolCall call) {
            return CompletableFuture.completedFuture(
                new ToolResult(Json.text(CustomerTool.RAW), false));
          }

          @Override
          public String misfit(Json masked) {
            return "/ssn must be of type integer";
          }
        };

    Denial denial = refused(call(), typed);

    assertThat(denial.code()).isEqualTo(DenialCode.MASKING_FAILED);
    assertThat(denial.reason()).contains("/ssn must be of type integer");
  }

  @Test
  void argumentsNobodyCanReadAreRefusedAndTheRefusalRecorded() {
    Map<String, Object> deep = new HashMap<>();
    Map<String, Object> level = deep;
    for (int i = 0; i < 10_000; i++) {
      Map<String, Object> next = new HashMap<>();
      level.put("x", next);
      level = next;
    }
    Map<Json, DenialCode> broken =
        Map.of(
            Json.text("{\"a\":1,\"a\":2}"), DenialCode.SCHEMA,
            Json.text("not json"), DenialCode.SCHEMA,
            Json.text("[1]"), DenialCode.SCHEMA,
            Json.text("7"), DenialCode.SCHEMA,
            Json.text("[".repeat(10_000)), DenialCode.TOO_LARGE,
            Json.of(deep), DenialCode.TOO_LARGE,
            Json.of(Map.of("x", "y".repeat(2 << 20))), DenialCode.TOO_LARGE);
    broken.forEach(
        (arguments, code) -> {
          Denial denial =
              refused(CallRequest.of(SERVER, "get_customer", arguments, ALICE), tool.handler());
          assertThat(denial.code()).isEqualTo(code);
          assertThat(lastRecord())
              .containsEntry("event", "denied")
              .containsEntry("call_id", denial.id());
        });
    assertThat(tool.runs).hasValue(0);
  }

  @Test
  void aReasonOfAnyLengthIsToldShortly() {
    governor.close();
    governor =
        governor(
            Governor.builder()
                .rule(
                    "wordy",
                    Policy.of(call -> Decision.deny(DenialCode.RLS, "x".repeat(1 << 20), "y"))));

    assertThat(refused(call(), tool.handler()).reason()).hasSizeLessThan(1_100);
    assertThat((String) lastRecord().get("error")).hasSizeLessThan(1_100);
  }

  @Test
  void missingArgumentsAreAnEmptyObject() {
    assertThat(
            governor.call(CallRequest.of(SERVER, "get_customer", Json.NULL, ALICE), tool.handler()))
        .isInstanceOf(Released.class);
  }

  @Test
  void aPolicyThatFailsInAnyWayDenies() {
    List<Policy> broken =
        List.of(
            call -> {
              throw new IllegalStateException("secret");
            },
            call -> CompletableFuture.failedFuture(new IOException("secret")),
            call -> CompletableFuture.completedFuture(null),
            call -> null);
    for (Policy policy : broken) {
      governor.close();
      governor = governor(Governor.builder().rule("broken", policy));

      Denial denial = refused(call(), tool.handler());

      assertThat(denial.code()).isEqualTo(DenialCode.POLICY_ERROR);
      assertThat(lastRecord()).containsEntry("code", "policy_error");
    }
    assertThat(tool.runs).hasValue(0);
  }

  @Test
  void aPolicyMayAnswerLater() {
    CompletableFuture<Decision> answer = new CompletableFuture<>();
    governor.close();
    governor = governor(Governor.builder().rule("slow", call -> answer));

    CompletableFuture<CallOutcome> outcome =
        governor.govern(call(), tool.handler()).toCompletableFuture();
    assertThat(outcome).isNotDone();
    answer.complete(Decision.allow());

    assertThat(outcome.join()).isInstanceOf(Released.class);
  }

  @Test
  void cancellingACallDoesNotKeepItOffTheRecord() {
    CompletableFuture<ToolResult> answer = new CompletableFuture<>();
    CompletableFuture<CallOutcome> outcome =
        governor.govern(call(), call -> answer).toCompletableFuture();
    outcome.cancel(true);
    answer.complete(new ToolResult(Json.text(CustomerTool.RAW), false));

    governor.close(); // waits for what is running
    assertThat(lastRecord()).containsEntry("event", "outcome").containsEntry("status", "success");
  }
}
