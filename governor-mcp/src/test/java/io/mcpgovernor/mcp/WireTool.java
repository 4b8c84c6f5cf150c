package io.mcpgovernor.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** One tool that a server of any shape can have; what it throws is an error of its Mono as well. */
record WireTool(Tool definition, Function<CallToolRequest, CallToolResult> handler) {
  SyncToolSpecification sync() {
    return new SyncToolSpecification(definition, (exchange, request) -> handler.apply(request));
  }

  AsyncToolSpecification async() {
    return new AsyncToolSpecification(definition, (exchange, request) -> mono(request));
  }

  McpStatelessServerFeatures.SyncToolSpecification statelessSync() {
    return new McpStatelessServerFeatures.SyncToolSpecification(
        definition, (context, request) -> handler.apply(request));
  }

  McpStatelessServerFeatures.AsyncToolSpecification statelessAsync() {
    return new McpStatelessServerFeatures.AsyncToolSpecification(
        definition, (context, request) -> mono(request));
  }

  private Mono<CallToolResult> mono(CallToolRequest request) {
    return Mono.fromSupplier(() -> handler.apply(request));
  }
}
