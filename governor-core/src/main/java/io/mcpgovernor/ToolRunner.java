package io.mcpgovernor;

import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Permit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 4: runs a tool on the engine's threads, within its time. A tool that overstays is
 * interrupted and its late answer thrown away; its permit is given back only when it has really
 * ended, so that tools which hang cannot pile up. Thread-safe.
 */
final class ToolRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);

  private final ExecutorService threads;
  private final Duration defaultTimeout;
  private final TimeSource time;

  ToolRunner(ExecutorService threads, Duration defaultTimeout, TimeSource time) {
    this.threads = threads;
    this.defaultTimeout = defaultTimeout;
    this.time = time;
  }

  /**
   * How a run ended: with a result or a failure.
   *
   * @param nanos how long it took
   */
  record Run(@Nullable ToolResult result, @Nullable Deny denial, Executed executed, long nanos) {
    /** Why there is no result. */
    Deny failure() {
      return denial != null ? denial : toolError();
    }

    /** How long it took, milliseconds. */
    double millis() {
      return Math.round(nanos / 1_000.0) / 1_000.0;
    }
  }

  /**
   * Starts a tool. Returns at once.
   *
   * @param ran completed when the tool has ended or its time is over
   */
  @SuppressWarnings("FutureReturnValueIgnored") // ran is the future that counts
  void start(
      ToolCall call, ToolHandler handler, @Nullable Permit permit, CompletableFuture<Run> ran) {
    long started = time.nanos();
    CompletableFuture<ToolResult> answer = new CompletableFuture<>();
    Future<?> task;
    try {
      task = threads.submit(() -> run(call, handler, permit, answer));
    } catch (RejectedExecutionException e) {
      skip(permit, ran, noThread());
      return;
    }
    Duration timeout = call.tool().timeout() != null ? call.tool().timeout() : defaultTimeout;
    answer
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (result, failure) -> {
              if (failure instanceof TimeoutException) {
                task.cancel(true);
              }
              ran.complete(ended(call, result, failure, timeout, time.nanos() - started));
            });
  }

  /** Ends a run that never began. */
  void skip(@Nullable Permit permit, CompletableFuture<Run> ran, Deny reason) {
    close(permit);
    ran.complete(new Run(null, reason, Executed.NO, 0));
  }

  private static void run(
      ToolCall call,
      ToolHandler handler,
      @Nullable Permit permit,
      CompletableFuture<ToolResult> answer) {
    try {
      CompletionStage<ToolResult> stage = handler.run(call);
      stage.whenComplete(
          (result, failure) -> {
            close(permit);
            if (failure != null) {
              answer.completeExceptionally(failure);
            } else {
              answer.complete(result);
            }
          });
    } catch (Throwable e) { // a tool may throw anything, and none of it may get past this line
      close(permit);
      answer.completeExceptionally(e);
    }
  }

  private static Run ended(
      ToolCall call,
      @Nullable ToolResult result,
      @Nullable Throwable failure,
      Duration timeout,
      long nanos) {
    if (failure instanceof TimeoutException) {
      return new Run(null, timedOut(timeout), Executed.UNKNOWN, nanos);
    }
    if (result == null) {
      LOG.warn(
          "The tool {} failed in call {}: {}",
          call.tool(),
          call.id(),
          failure == null ? "it returned nothing" : FailurePlace.of(failure));
      return new Run(null, toolError(), Executed.YES, nanos);
    }
    return new Run(result, null, Executed.YES, nanos);
  }

  private static void close(@Nullable Permit permit) {
    if (permit != null) {
      permit.close();
    }
  }

  private static Deny timedOut(Duration timeout) {
    return Decision.deny(
        DenialCode.TIMEOUT,
        "The tool did not answer within " + timeout.toMillis() + " ms.",
        "It may have done its work or part of it: look before you call again, and ask for less.");
  }

  private static Deny toolError() {
    return Decision.deny(
        DenialCode.TOOL_ERROR,
        "The tool failed.",
        "Check the arguments; if they are right, tell an administrator and quote the decision id.");
  }

  private static Deny noThread() {
    return Decision.deny(
            DenialCode.CONCURRENCY,
            "The server runs as many tools as it can.",
            "Wait a moment, then call again.")
        .retryAfter(Duration.ofSeconds(1));
  }
}
