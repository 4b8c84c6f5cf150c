package io.mcpgovernor.mcp;

import io.mcpgovernor.call.ToolHandler;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Governed tools in the four shapes of the SDK. */
final class Shapes {
  /** Marks handlers that are governed, so that none is governed, and charged, twice. */
  private interface Governed {}

  /** Runs one call of a tool of an asynchronous server. */
  @FunctionalInterface
  interface AsyncHandlers<X> {
    ToolHandler of(X exchange, CallToolRequest request, ContextView subscriber);
  }

  private Shapes() {}

  /** Whether a specification's handler was made here. */
  static boolean isGoverned(Object callHandler) {
    return callHandler instanceof Governed;
  }

  static SyncToolSpecification sync(
      GovernedCalls calls,
      BiFunction<McpSyncServerExchange, CallToolRequest, ToolHandler> handlers) {
    return new SyncToolSpecification(
        calls.definition(),
        (BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> & Governed)
            (exchange, request) ->
                calls.await(
                    exchange.transportContext(), request, handlers.apply(exchange, request)));
  }

  static AsyncToolSpecification async(
      GovernedCalls calls, AsyncHandlers<McpAsyncServerExchange> handlers) {
    return new AsyncToolSpecification(
        calls.definition(),
        (BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> & Governed)
            (exchange, request) ->
                calls.whenDone(
                    exchange.transportContext(),
                    request,
                    subscriber -> handlers.of(exchange, request, subscriber)));
  }

  static McpStatelessServerFeatures.SyncToolSpecification statelessSync(
      GovernedCalls calls, BiFunction<McpTransportContext, CallToolRequest, ToolHandler> handlers) {
    return new McpStatelessServerFeatures.SyncToolSpecification(
        calls.definition(),
        (BiFunction<McpTransportContext, CallToolRequest, CallToolResult> & Governed)
            (context, request) -> calls.await(context, request, handlers.apply(context, request)));
  }

  static McpStatelessServerFeatures.AsyncToolSpecification statelessAsync(
      GovernedCalls calls, AsyncHandlers<McpTransportContext> handlers) {
    return new McpStatelessServerFeatures.AsyncToolSpecification(
        calls.definition(),
        (BiFunction<McpTransportContext, CallToolRequest, Mono<CallToolResult>> & Governed)
            (context, request) ->
                calls.whenDone(
                    context, request, subscriber -> handlers.of(context, request, subscriber)));
  }
}
