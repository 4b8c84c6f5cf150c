package io.mcpgovernor.call;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs a tool: a local method or a request to an upstream server. Thread-safe. */
@FunctionalInterface
public interface ToolHandler {
  /**
   * Runs the tool. May block when the host gave the engine threads that may; may also return at
   * once with a stage that completes later.
   *
   * @param call the allowed call; its arguments are those the tool is to get
   * @throws UnreachableToolException if it cannot be asked or does not answer; its message is told
   * @throws Exception anything else the tool throws; its message never reaches caller or log
   */
  CompletionStage<ToolResult> run(ToolCall call) throws Exception;

  /**
   * Runs a tool that says something before its result: its progress, a question, a part of the
   * result. All of that goes through {@code interim} before it goes anywhere else.
   *
   * @param interim masks a value like the call's result; throws if it cannot, and the value must
   *     then be withheld. Thread-safe
   * @throws Exception as {@link #run(ToolCall)}
   */
  default CompletionStage<ToolResult> run(ToolCall call, UnaryOperator<Json> interim)
      throws Exception {
    return run(call);
  }

  /**
   * Ends what is still going on behind a stage, if that can be done. Called when the tool's time is
   * over; its place counts as taken until the stage completes, which cancelling may or may not
   * bring about. Must not block.
   *
   * @param running what {@link #run} returned
   */
  default void cancel(CompletionStage<ToolResult> running) {}

  /**
   * Says why a masked result cannot be handed to the caller (its schema or Java type has no room
   * for a mask), or null when it can. Asked after masking and before the outcome is recorded, so
   * that the record tells what the caller really got.
   */
  default @Nullable String misfit(Json masked) {
    return null;
  }

  /**
   * Says where a result in which something was masked does not fit; empty when it fits. Surrogates
   * are then put there, and it is asked again, a few times; {@link #misfit} has the last word on
   * what came of it. May be stricter than {@link #misfit}: as strict as the strictest client.
   *
   * @param masked never holds what was found
   */
  default List<Misfit> misfits(Json masked) {
    String misfit = misfit(masked);
    return misfit == null ? List.of() : List.of(Misfit.somewhere(misfit));
  }
}
