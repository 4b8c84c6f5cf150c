package io.mcpgovernor.test;

import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/**
 * The governed tools of a test by name, called as a server of the SDK would call them: by their
 * specification's handler, with what the transport knows. Immutable and thread-safe.
 */
final class Doors {
  /** No tool may run that long by default, so whoever waits longer waits for a mistake. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(5);

  /** One governed tool, whatever the shape of its server. */
  @FunctionalInterface
  private interface Door {
    CallToolResult call(McpTransportContext context, CallToolRequest request);
  }

  private final Map<String, Door> doors = new TreeMap<>();

  /**
   * Governs tools.
   *
   * @param objects have methods that are tools
   * @param specifications of any of the SDK's four types
   * @throws IllegalArgumentException if two tools have one name, or one cannot be governed
   */
  Doors(GovernedTools tools, List<Object> objects, List<Object> specifications) {
    List<Object> governed = new ArrayList<>();
    for (Object object : objects) {
      governed.addAll(
          asksForAsyncExchange(object) ? tools.asyncTools(object) : tools.syncTools(object));
    }
    governed.addAll(tools.wrap(specifications));
    governed.forEach(this::add);
  }

  /** The names of all tools, in order. */
  List<String> names() {
    return List.copyOf(doors.keySet());
  }

  /**
   * Calls a tool that there is, and waits for its answer.
   *
   * @throws IllegalStateException if an asynchronous one does not answer within five minutes
   */
  CallToolResult call(McpTransportContext context, CallToolRequest request) {
    return Objects.requireNonNull(doors.get(request.name())).call(context, request);
  }

  private void add(Object tool) {
    if (tool instanceof McpServerFeatures.SyncToolSpecification sync) {
      add(
          sync.tool(),
          (context, request) ->
              sync.callHandler().apply(new McpSyncServerExchange(exchange(context)), request));
    } else if (tool instanceof McpServerFeatures.AsyncToolSpecification async) {
      add(
          async.tool(),
          (context, request) -> await(async.callHandler().apply(exchange(context), request)));
    } else if (tool instanceof McpStatelessServerFeatures.SyncToolSpecification sync) {
      add(sync.tool(), (context, request) -> sync.callHandler().apply(context, request));
    } else if (tool instanceof McpStatelessServerFeatures.AsyncToolSpecification async) {
      add(async.tool(), (context, request) -> await(async.callHandler().apply(context, request)));
    }
  }

  private void add(McpSchema.Tool definition, Door door) {
    if (doors.put(definition.name(), door) != null) {
      throw new IllegalArgumentException(
          "two tools are named " + definition.name() + ", and only one can be called");
    }
  }

  private static McpAsyncServerExchange exchange(McpTransportContext context) {
    return new McpAsyncServerExchange("test", new AbsentClient(), null, null, context);
  }

  private static CallToolResult await(Mono<CallToolResult> answer) {
    return Objects.requireNonNull(answer.block(ANSWER_TIMEOUT), "a governed tool always answers");
  }

  /** Such methods can only be tools of an asynchronous server; all others can be of any. */
  private static boolean asksForAsyncExchange(Object object) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (Arrays.asList(method.getParameterTypes()).contains(McpAsyncServerExchange.class)) {
          return true;
        }
      }
    }
    return false;
  }
}
