package io.mcpgovernor.policy;

import io.mcpgovernor.call.ToolCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A policy that lives in memory and answers at once. */
interface InstantPolicy extends Policy {
  /** Decides about one call. */
  Decision decideNow(ToolCall call);

  @Override
  default CompletionStage<Decision> decide(ToolCall call) {
    return CompletableFuture.completedFuture(decideNow(call));
  }
}
