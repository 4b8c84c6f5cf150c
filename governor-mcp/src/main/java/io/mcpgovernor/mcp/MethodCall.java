package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.method.MethodTool;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** One call of a method that is a tool. Used once. */
final class MethodCall implements ToolHandler {
  /** What a method may ask for besides its arguments. */
  static final Set<Class<?>> PROVIDED =
      Set.of(
          Principal.class,
          ToolCall.class,
          McpTransportContext.class,
          McpSyncServerExchange.class,
          McpAsyncServerExchange.class);

  /** What a method may return ready-made. */
  static final Set<Class<?>> READY = Set.of(CallToolResult.class);

  private final MethodTool tool;
  private final CallResults results;
  private final McpTransportContext context;
  private final Object exchange;
  private final ContextView subscriber;
  private volatile Runnable cancel = () -> {};

  /**
   * @param exchange the exchange of a server with sessions, or the context once more
   */
  MethodCall(
      MethodTool tool,
      CallResults results,
      McpTransportContext context,
      Object exchange,
      ContextView subscriber) {
    this.tool = tool;
    this.results = results;
    this.context = context;
    this.exchange = exchange;
    this.subscriber = subscriber;
  }

  @Override
  public CompletionStage<ToolResult> run(ToolCall call) throws Exception {
    MethodTool.Started started =
        tool.start(call.arguments(), type -> provided(type, call), subscriber);
    cancel = started.cancel();
    return started.value().thenApply(this::raw);
  }

  private Object provided(Class<?> type, ToolCall call) {
    if (type == Principal.class) {
      return call.principal();
    } else if (type == ToolCall.class) {
      return call;
    }
    return type == McpTransportContext.class ? context : exchange;
  }

  private ToolResult raw(@Nullable Object value) {
    try {
      return results.raw(results.of(tool.content(), value));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void cancel(CompletionStage<ToolResult> running) {
    cancel.run();
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
