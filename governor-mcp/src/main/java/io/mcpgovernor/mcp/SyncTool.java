package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One call of the host's handler, as the engine runs it. */
final class SyncTool implements ToolHandler {
  private final BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler;
  private final McpSyncServerExchange exchange;
  private final CallToolRequest request;
  private final CallResults results;

  SyncTool(
      BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler,
      McpSyncServerExchange exchange,
      CallToolRequest request,
      CallResults results) {
    this.handler = handler;
    this.exchange = exchange;
    this.request = request;
    this.results = results;
  }

  @Override
  public CompletionStage<ToolResult> run(ToolCall call) throws IOException {
    // The arguments of the allowed call, which may say more than the client did: its tenant.
    CallToolRequest allowed =
        new CallToolRequest(request.name(), call.arguments().object(), request.meta());
    return CompletableFuture.completedFuture(results.raw(handler.apply(exchange, allowed)));
  }

  @Override
  public @Nullable String misfit(Json masked) {
    return results.misfit(masked);
  }
}
