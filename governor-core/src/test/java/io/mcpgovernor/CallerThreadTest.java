package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.call.UnreachableToolException;
import io.mcpgovernor.policy.DenialCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls whose own thread does the work. */
final class CallerThreadTest {
  @TempDir Path directory;

  private final CustomerTool tool = new CustomerTool();
  private Governor governor;

  @BeforeEach
  void start() {
    start(Governor.builder());
  }

  private void start(GovernorBuilder builder) {
    stop();
    governor = builder.auditTo(directory.resolve("audit")).build();
    CustomerTool.allowAlice(governor);
  }

  @AfterEach
  void stop() {
    if (governor != null) {
      governor.close();
    }
  }

  private Object newest(String field) {
    return governor.readLogs(1).get(0).object().get(field);
  }

  @Test
  void theToolRunsOnTheCallersThreadAndItsResultIsMaskedAndOnRecord() {
    AtomicReference<Thread> ranOn = new AtomicReference<>();

    CallOutcome outcome =
        governor.callHere(
            call(),
            called -> {
              ranOn.set(Thread.currentThread());
              return tool.handler().run(called);
            });

    assertThat(ranOn).hasValue(Thread.currentThread());
    assertThat(((Released) outcome).result().object()).containsEntry("email", "***@***.com");
    assertThat(newest("event")).isEqualTo("outcome");
  }

  @Test
  void anAnswerFromAnotherThreadIsMaskedOnTheCallersThread() {
    CompletableFuture<ToolResult> later = new CompletableFuture<>();

    CallOutcome outcome =
        governor.callHere(
            call(),
            called -> {
              new Thread(() -> later.complete(new ToolResult(Json.text(CustomerTool.RAW), false)))
                  .start();
              return later;
            });

    assertThat(((Released) outcome).result().object()).containsEntry("email", "***@***.com");
  }

  @Test
  void aToolThatOverstaysIsInterruptedAndTheCallerIsNot() {
    start(Governor.builder().timeout(Duration.ofMillis(50)));

    CallOutcome outcome =
        governor.callHere(
            call(),
            called -> {
              new CountDownLatch(1).await();
              return tool.handler().run(called);
            });

    assertThat(((Refused) outcome).denial().code()).isEqualTo(DenialCode.TIMEOUT);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptOfTheCallerDoesNotTakeACallOffTheRecord() {
    Thread.currentThread().interrupt();

    CallOutcome outcome = governor.callHere(call(), tool.handler());
    Thread.interrupted(); // else this thread could not read the log either

    assertThat(outcome).isInstanceOf(Released.class);
    assertThat(newest("event")).isEqualTo("outcome");
  }

  @Test
  void whatAToolSaysBeforeItsResultIsMaskedLikeIt() {
    List<String> said = new ArrayList<>();
    ToolHandler talking =
        new ToolHandler() {
          @Override
          public CompletionStage<ToolResult> run(ToolCall call) {
            throw new AssertionError("it has something to say");
          }

          @Override
          public CompletionStage<ToolResult> run(ToolCall call, UnaryOperator<Json> interim)
              throws Exception {
            Json half = interim.apply(Json.text("{\"message\":\"half of john@example.com\"}"));
            said.add(new String(half.utf8(), StandardCharsets.UTF_8));
            return tool.handler().run(call);
          }
        };

    governor.callHere(call(), talking);

    assertThat(said).containsExactly("{\"message\":\"half of ***@***.com\"}");
  }

  @Test
  void aToolThatCannotBeReachedIsAnUpstreamFailureThatSaysWhetherItMayHaveRun() {
    for (boolean mayHaveRun : new boolean[] {false, true}) {
      CallOutcome outcome =
          governor.callHere(
              call(),
              called -> {
                throw new UnreachableToolException(
                    mayHaveRun,
                    "The server does not answer.",
                    "Try again soon.",
                    Duration.ofSeconds(3));
              });

      Denial denial = ((Refused) outcome).denial();
      assertThat(denial.code()).isEqualTo(DenialCode.UPSTREAM);
      assertThat(denial.reason()).isEqualTo("The server does not answer.");
      assertThat(denial.suggestions()).containsExactly("Try again soon.");
      assertThat(denial.retryAfter()).isEqualTo(Duration.ofSeconds(3));
      assertThat(denial.executed()).isEqualTo(mayHaveRun ? Executed.UNKNOWN : Executed.NO);
      assertThat(newest("code")).isEqualTo("upstream");
    }
  }

  @Test
  void aCallThatGoesOnIsDecidedAboutAgainAndTakesNothingFromTheRate() {
    start(Governor.builder().callsPerHour(1));
    assertThat(governor.callHere(call(), tool.handler())).isInstanceOf(Released.class);
    assertThat(governor.callHere(call(), tool.handler())).isInstanceOf(Refused.class);

    assertThat(governor.callHere(call().continuing(), tool.handler())).isInstanceOf(Released.class);
    CallRequest elsewhere = call(Map.of("id", 1, "tenant_id", "other")).continuing();
    assertThat(governor.callHere(elsewhere, tool.handler()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.denial().code()).isEqualTo(DenialCode.RLS));
  }

  @Test
  void aValueBesideACallIsMaskedLikeItsToolAndStrictlyWithoutOne() {
    Json value = Json.text("{\"ssn\":\"123-45-6789\"}");

    assertThat(governor.mask(value, CustomerTool.SERVER, "get_customer").object())
        .containsEntry("ssn", "***-**-6789");
    assertThat(governor.mask(value, CustomerTool.SERVER, "nobody_knows").object())
        .containsEntry("ssn", "***-**-****");
  }
}
