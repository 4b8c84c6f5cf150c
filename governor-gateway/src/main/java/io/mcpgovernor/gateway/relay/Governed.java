package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.ResultSchema;
import io.mcpgovernor.gateway.message.Message;
import java.util.function.UnaryOperator;

/**
 * A request on its way through the engine.
 *
 * @param call what the engine decides about
 * @param isTool whether it calls a tool; else a method
 * @param results what is promised of its results
 * @param first masks what the server says before the engine does
 * @param last makes of an answer what the client gets
 */
record Governed(
    CallRequest call, boolean isTool, ResultSchema results, UnaryOperator<Json> first, Shown last) {

  /** Makes of an answer what the client gets. */
  interface Shown {
    /** What the server said, and what masking left of it. */
    Message of(Message raw, Message masked);
  }

  /** A method of which nothing is to be known beyond its parameters. */
  static Governed method(CallRequest call) {
    return new Governed(
        call, false, ResultSchema.NONE, UnaryOperator.identity(), (raw, masked) -> masked);
  }
}
