package io.mcpgovernor;

import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.call.UnreachableToolException;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Permit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 4: runs a tool, within its time. A tool that overstays is interrupted or cancelled and its
 * late answer thrown away; its permit is given back only when it has really ended, so that tools
 * which hang cannot pile up. Thread-safe.
 */
final class ToolRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);

  private final TimeSource time;
  private final AtomicInteger running = new AtomicInteger();

  ToolRunner(TimeSource time) {
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
   * @param interim masks what the tool says before its result
   * @param place where it runs
   * @param defaultTimeout how long it may run if nothing is said about it
   * @param ran completed when the tool has ended or its time is over
   */
  @SuppressWarnings("FutureReturnValueIgnored") // ran is the future that counts
  void start(
      ToolCall call,
      ToolHandler handler,
      UnaryOperator<Json> interim,
      ToolPlace place,
      @Nullable Permit permit,
      Duration defaultTimeout,
      CompletableFuture<Run> ran) {
    long started = time.nanos();
    Duration timeout = call.tool().timeout() != null ? call.tool().timeout() : defaultTimeout;
    Running tool = new Running(call, handler, interim, place, permit);
    // Before the tool starts: a quick one would else have answered already, and all that follows
    // would run right here, on the thread of the log.
    tool.answer.whenComplete(
        (result, failure) -> {
          boolean begun = !(failure instanceof TimeoutException) || tool.stop();
          ran.complete(ended(call, result, failure, timeout, begun, time.nanos() - started));
          running.decrementAndGet();
        });
    running.incrementAndGet();
    try {
      place.execute(tool);
    } catch (RejectedExecutionException e) {
      running.decrementAndGet();
      skip(place, permit, ran, noThread());
      return;
    }
    Deadlines.end(tool.answer, timeout);
  }

  /** Ends a run that never began. What follows does not run here: it may be the log's thread. */
  void skip(ToolPlace place, @Nullable Permit permit, CompletableFuture<Run> ran, Deny reason) {
    close(permit);
    running.incrementAndGet();
    place.executeAnyway(
        () -> {
          ran.complete(new Run(null, reason, Executed.NO, 0));
          running.decrementAndGet();
        });
  }

  /** How many tools have not ended yet, their records included. */
  int running() {
    return running.get();
  }

  /**
   * One tool that runs: the thread it began on and the stage it left, so that it can be stopped.
   */
  private static final class Running implements Runnable {
    private final ToolCall call;
    private final ToolHandler handler;
    private final UnaryOperator<Json> interim;
    private final ToolPlace place;
    private final @Nullable Permit permit;
    private final CompletableFuture<ToolResult> answer = new CompletableFuture<>();
    private @Nullable Thread thread;
    private @Nullable CompletionStage<ToolResult> stage;
    private boolean begun;
    private boolean stopped;

    Running(
        ToolCall call,
        ToolHandler handler,
        UnaryOperator<Json> interim,
        ToolPlace place,
        @Nullable Permit permit) {
      this.call = call;
      this.handler = handler;
      this.interim = interim;
      this.place = place;
      this.permit = permit;
    }

    @Override
    public void run() {
      if (!begin()) {
        close(permit);
        return;
      }
      try {
        CompletionStage<ToolResult> started = handler.run(call, interim);
        boolean late = left(started);
        Thread here = Thread.currentThread();
        started.whenComplete((result, failure) -> answered(result, failure, here));
        if (late) {
          cancel(started);
        }
      } catch (Throwable e) { // a tool may throw anything, and none of it may get past this line
        left(null);
        answered(null, e, Thread.currentThread());
      }
    }

    private synchronized boolean begin() {
      begun = !stopped;
      thread = Thread.currentThread();
      return begun;
    }

    /** The tool has left its thread, with a stage or without; says whether it was stopped. */
    private synchronized boolean left(@Nullable CompletionStage<ToolResult> started) {
      thread = null;
      stage = started;
      Thread.interrupted(); // meant for the tool; whatever this thread does next must not see it
      return stopped;
    }

    private void answered(
        @Nullable ToolResult result, @Nullable Throwable failure, Thread toolThread) {
      close(permit);
      Runnable answering =
          () -> {
            if (failure != null) {
              // Wrapped, so that a tool's own TimeoutException is not taken for ours.
              answer.completeExceptionally(new CompletionException(failure));
            } else {
              answer.complete(result);
            }
          };
      if (Thread.currentThread() == toolThread) {
        answering.run();
        return;
      }
      // It may be an event loop that others wait for, and what follows masks megabytes.
      place.executeAnyway(answering);
    }

    /** Stops the tool; says whether it had begun. */
    private boolean stop() {
      boolean hadBegun;
      CompletionStage<ToolResult> left;
      synchronized (this) {
        stopped = true;
        hadBegun = begun;
        left = stage;
        if (thread != null) {
          thread.interrupt();
        }
      }
      if (left != null) {
        cancel(left);
      }
      return hadBegun;
    }

    private void cancel(CompletionStage<ToolResult> started) {
      try {
        handler.cancel(started);
      } catch (RuntimeException e) {
        LOG.warn("The tool {} could not be cancelled: {}", call.tool(), FailurePlace.of(e));
      }
    }
  }

  private static Run ended(
      ToolCall call,
      @Nullable ToolResult result,
      @Nullable Throwable failure,
      Duration timeout,
      boolean begun,
      long nanos) {
    if (failure instanceof TimeoutException) {
      return begun
          ? new Run(null, timedOut(timeout), Executed.UNKNOWN, nanos)
          : new Run(null, noThread(), Executed.NO, nanos);
    }
    if (failure instanceof CompletionException wrapped
        && wrapped.getCause() instanceof UnreachableToolException unreachable) {
      return new Run(
          null,
          unreachable(unreachable),
          unreachable.mayHaveRun() ? Executed.UNKNOWN : Executed.NO,
          nanos);
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

  private static Deny unreachable(UnreachableToolException failure) {
    Deny deny = Decision.deny(DenialCode.UPSTREAM, failure.reason(), failure.suggestion());
    Duration retryAfter = failure.retryAfter();
    return retryAfter == null ? deny : deny.retryAfter(retryAfter);
  }

  private static Deny noThread() {
    return Decision.deny(
            DenialCode.CONCURRENCY,
            "The server runs as many tools as it can.",
            "Wait a moment, then call again.")
        .retryAfter(Duration.ofSeconds(1));
  }
}
