package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.method.ToolSubscription;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** One call of a handler that returns a {@link Mono}, as the engine runs it. */
final class MonoTool implements ToolHandler {
  private final Function<CallToolRequest, Mono<CallToolResult>> handler;
  private final CallToolRequest request;
  private final CallResults results;
  private final ContextView subscriber;

  /**
   * @param subscriber the context of whoever called, which the SDK lets tools see
   */
  MonoTool(
      Function<CallToolRequest, Mono<CallToolResult>> handler,
      CallToolRequest request,
      CallResults results,
      ContextView subscriber) {
    this.handler = handler;
    this.request = request;
    this.results = results;
    this.subscriber = subscriber;
  }

  @Override
  @SuppressWarnings("NullAway") // a future of a Mono may hold null, but not one that is never empty
  public CompletionStage<ToolResult> run(ToolCall call) {
    Mono<ToolResult> answer =
        handler
            .apply(SyncTool.allowed(call, request))
            .<ToolResult>handle(
                (result, sink) -> {
                  try {
                    sink.next(results.raw(result));
                  } catch (IOException e) {
                    sink.error(e);
                  }
                })
            .switchIfEmpty(
                Mono.error(() -> new IllegalStateException("the tool answered nothing")));
    return ToolSubscription.start(answer, subscriber);
  }

  @Override
  public void cancel(CompletionStage<ToolResult> running) {
    running.toCompletableFuture().cancel(true); // cancels the subscription
  }

  @Override
  public @Nullable String misfit(Json masked) {
    return results.schema().misfit(masked);
  }

  @Override
  public List<Misfit> misfits(Json masked) {
    return results.schema().misfits(masked);
  }
}
