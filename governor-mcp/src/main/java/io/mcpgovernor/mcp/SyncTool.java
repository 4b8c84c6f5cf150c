package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of a handler that returns when it is done, as the engine runs it. */
final class SyncTool implements ToolHandler {
  private final Function<CallToolRequest, @Nullable CallToolResult> handler;
  private final CallToolRequest request;
  private final CallResults results;

  SyncTool(
      Function<CallToolRequest, @Nullable CallToolResult> handler,
      CallToolRequest request,
      CallResults results) {
    this.handler = handler;
    this.request = request;
    this.results = results;
  }

  @Override
  public CompletionStage<ToolResult> run(ToolCall call) throws IOException {
    return CompletableFuture.completedFuture(results.raw(handler.apply(allowed(call, request))));
  }

  @Override
  public @Nullable String misfit(Json masked) {
    return results.schema().misfit(masked);
  }

  @Override
  public List<Misfit> misfits(Json masked) {
    return results.schema().misfits(masked);
  }

  /** The request with the arguments that were allowed, which may say more: the call's tenant. */
  static CallToolRequest allowed(ToolCall call, CallToolRequest request) {
    return new CallToolRequest(request.name(), call.arguments().object(), request.meta());
  }
}
