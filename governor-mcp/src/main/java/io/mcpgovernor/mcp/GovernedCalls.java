package io.mcpgovernor.mcp;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.ToolHandler;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The calls of one tool. Servers come in four shapes, and each ends in one of the two methods here;
 * these differ in nothing but who waits. Thread-safe.
 */
final class GovernedCalls {
  private final Governor governor;
  private final String server;
  private final McpSchema.Tool definition;
  private final Function<McpTransportContext, @Nullable Principal> principal;
  private final @Nullable UnaryOperator<Runnable> carry;
  private final CallResults results;

  GovernedCalls(
      Governor governor,
      String server,
      McpSchema.Tool definition,
      Function<McpTransportContext, @Nullable Principal> principal,
      @Nullable UnaryOperator<Runnable> carry,
      CallResults results) {
    this.governor = governor;
    this.server = server;
    this.definition = definition;
    this.principal = principal;
    this.carry = carry;
    this.results = results;
  }

  /** The tool's, as clients see it. */
  McpSchema.Tool definition() {
    return definition;
  }

  CallResults results() {
    return results;
  }

  /** Governs a call whose caller may wait. */
  CallToolResult await(McpTransportContext context, CallToolRequest request, ToolHandler handler) {
    return results.of(governor.call(governed(context, request), carried(handler)));
  }

  /**
   * Governs a call whose caller must not wait: the subscriber's thread decides about it in memory
   * and does nothing more. Whoever cancels does not take the call back: the tool ends within its
   * time, and its outcome is on record.
   */
  Mono<CallToolResult> whenDone(
      McpTransportContext context,
      CallToolRequest request,
      Function<ContextView, ToolHandler> handler) {
    return Mono.deferContextual(
        subscriber ->
            Mono.fromCompletionStage(
                    governor.govern(governed(context, request), carried(handler.apply(subscriber))))
                .map(results::of));
  }

  private ToolHandler carried(ToolHandler handler) {
    return carry == null ? handler : new CarriedTool(handler, carry);
  }

  private CallRequest governed(McpTransportContext context, CallToolRequest request) {
    return new CallRequest(
        server,
        definition.name(),
        Json.of(request.arguments()),
        Json.of(request.meta() == null ? Map.of() : request.meta()),
        principal.apply(context));
  }
}
