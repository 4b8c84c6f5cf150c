package io.mcpgovernor.mcp;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.method.GovernedTool;
import io.mcpgovernor.method.MethodTool;
import io.mcpgovernor.method.MethodTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncListFilter;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncListFilter;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Governs the tools of an MCP server: a tool goes in, the same tool comes out, and every call of it
 * goes through policies, masking and audit. Servers of all four shapes are covered: synchronous and
 * asynchronous, with sessions and stateless, over any transport.
 *
 * <pre>{@code
 * GovernedTools governed = GovernedTools.of(governor)
 *     .tool("export_customers", tool -> tool.requiresPii(true).strict());
 * McpSyncServer server = governed.install(McpServer.sync(transport), tools).build();
 * }</pre>
 *
 * <p>Who calls is what the transport's context extractor has put under {@link #PRINCIPAL}, or what
 * a function of the host's makes of the context ({@link #principal}).
 *
 * <p>{@code install} also turns off the SDK's own check of arguments, which would answer before any
 * policy and off the record (the engine checks them instead), and filters {@code tools/list} by
 * what each caller may use. One thing stays with the SDK: a call of a name nobody registered is
 * answered by it alone, without a record.
 *
 * <p>Tools run on the governor's threads. Asynchronous servers never wait for one of them, nor for
 * a disk. Immutable and thread-safe once configured.
 */
public final class GovernedTools {
  /** The key of the transport context under which a host puts the {@link Principal} it verified. */
  public static final String PRINCIPAL = "io.mcpgovernor.principal";

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private final Governor governor;
  private final Map<String, UnaryOperator<ToolOptions>> options = new HashMap<>();
  private String server = "local";
  private Function<McpTransportContext, @Nullable Principal> principal = GovernedTools::verified;
  private @Nullable UnaryOperator<Runnable> carry;
  private @Nullable McpJsonMapper mapper;

  private GovernedTools(Governor governor) {
    this.governor = governor;
  }

  /** Governs tools by this governor. */
  public static GovernedTools of(Governor governor) {
    return new GovernedTools(governor);
  }

  /**
   * Names the server in records and limits; {@code local} unless said otherwise. Servers that share
   * a governor need names of their own.
   */
  public GovernedTools server(String name) {
    this.server = name;
    return this;
  }

  /** Declares something about a tool: that it reads PII, how it is masked, how long it may take. */
  public GovernedTools tool(String name, UnaryOperator<ToolOptions> declaration) {
    options.merge(
        name, declaration, (first, then) -> declared -> then.apply(first.apply(declared)));
    return this;
  }

  /**
   * Says who calls, from what the transport knows.
   *
   * @param principal null for nobody; what it throws counts as nobody
   */
  public GovernedTools principal(Function<McpTransportContext, @Nullable Principal> principal) {
    this.principal = principal;
    return this;
  }

  /**
   * Takes thread-locals along: tools run on the governor's threads, and what a framework keeps in
   * those of the calling thread (a security context, a logging context) stays behind unless it is
   * carried.
   *
   * @param carry is given the task that runs a tool, on the thread the call came in on, and gives
   *     one that runs it with that thread's values, such as Spring's {@code
   *     DelegatingSecurityContextRunnable::new}. What it throws denies the call
   */
  public GovernedTools carrying(UnaryOperator<Runnable> carry) {
    this.carry = carry;
    return this;
  }

  /** Sets the JSON mapper of the server; the SDK's default unless said otherwise. */
  public GovernedTools mapper(McpJsonMapper mapper) {
    this.mapper = mapper;
    return this;
  }

  /**
   * Puts governed tools into a server that is being built, and closes the SDK's ways around them.
   */
  public McpServer.SyncSpecification<?> install(
      McpServer.SyncSpecification<?> specification, List<SyncToolSpecification> tools) {
    return configure(specification).tools(wrap(tools));
  }

  /** The same for an asynchronous server. */
  public McpServer.AsyncSpecification<?> install(
      McpServer.AsyncSpecification<?> specification, List<AsyncToolSpecification> tools) {
    return configure(specification).tools(wrap(tools));
  }

  /** The same for a stateless server. */
  public McpServer.StatelessSyncSpecification install(
      McpServer.StatelessSyncSpecification specification,
      List<McpStatelessServerFeatures.SyncToolSpecification> tools) {
    return configure(specification).tools(wrap(tools));
  }

  /** The same for an asynchronous stateless server. */
  public McpServer.StatelessAsyncSpecification install(
      McpServer.StatelessAsyncSpecification specification,
      List<McpStatelessServerFeatures.AsyncToolSpecification> tools) {
    return configure(specification).tools(wrap(tools));
  }

  /**
   * Closes the SDK's ways around governed tools in a server whose tools are added elsewhere: its
   * own check of arguments is turned off, and its list of tools filtered.
   */
  public McpServer.SyncSpecification<?> configure(McpServer.SyncSpecification<?> specification) {
    return specification.validateToolInputs(false).addToolFilter(listFilter());
  }

  /** The same for an asynchronous server. */
  public McpServer.AsyncSpecification<?> configure(McpServer.AsyncSpecification<?> specification) {
    return specification.validateToolInputs(false).addToolFilter(asyncListFilter());
  }

  /** The same for a stateless server. */
  public McpServer.StatelessSyncSpecification configure(
      McpServer.StatelessSyncSpecification specification) {
    return specification.validateToolInputs(false).addToolFilter(listFilter());
  }

  /** The same for an asynchronous stateless server. */
  public McpServer.StatelessAsyncSpecification configure(
      McpServer.StatelessAsyncSpecification specification) {
    return specification.validateToolInputs(false).addToolFilter(asyncListFilter());
  }

  /**
   * Governs tools, in a list of any of the four types of the SDK.
   *
   * @throws IllegalArgumentException if the list holds something else, two tools of one name, or
   *     one that cannot be governed (see the other methods)
   */
  @SuppressWarnings("unchecked") // each comes out as the type it went in
  public <T> List<T> wrap(List<T> tools) {
    Set<String> names = new HashSet<>();
    return tools.stream()
        .map(
            tool -> {
              McpSchema.Tool definition = definition(tool);
              if (!names.add(definition.name())) {
                throw new IllegalArgumentException(
                    "two tools are named " + definition.name() + ", and only one can be called");
              }
              return (T) wrapAny(tool);
            })
        .toList();
  }

  /**
   * Governs a tool. One that is governed already comes out as it is.
   *
   * @throws IllegalArgumentException if its schemas are not valid, or the server already has
   *     another tool of its name
   */
  public SyncToolSpecification wrap(SyncToolSpecification tool) {
    if (Shapes.isGoverned(tool.callHandler())) {
      return tool;
    }
    GovernedCalls calls = calls(tool.tool(), UnaryOperator.identity());
    return Shapes.sync(
        calls,
        (exchange, request) ->
            new SyncTool(
                allowed -> tool.callHandler().apply(exchange, allowed), request, calls.results()));
  }

  /** The same for an asynchronous server. */
  public AsyncToolSpecification wrap(AsyncToolSpecification tool) {
    if (Shapes.isGoverned(tool.callHandler())) {
      return tool;
    }
    GovernedCalls calls = calls(tool.tool(), UnaryOperator.identity());
    return Shapes.async(
        calls,
        (exchange, request, subscriber) ->
            new MonoTool(
                allowed -> tool.callHandler().apply(exchange, allowed),
                request,
                calls.results(),
                subscriber));
  }

  /** The same for a stateless server. */
  public McpStatelessServerFeatures.SyncToolSpecification wrap(
      McpStatelessServerFeatures.SyncToolSpecification tool) {
    if (Shapes.isGoverned(tool.callHandler())) {
      return tool;
    }
    GovernedCalls calls = calls(tool.tool(), UnaryOperator.identity());
    return Shapes.statelessSync(
        calls,
        (context, request) ->
            new SyncTool(
                allowed -> tool.callHandler().apply(context, allowed), request, calls.results()));
  }

  /** The same for an asynchronous stateless server. */
  public McpStatelessServerFeatures.AsyncToolSpecification wrap(
      McpStatelessServerFeatures.AsyncToolSpecification tool) {
    if (Shapes.isGoverned(tool.callHandler())) {
      return tool;
    }
    GovernedCalls calls = calls(tool.tool(), UnaryOperator.identity());
    return Shapes.statelessAsync(
        calls,
        (context, request, subscriber) ->
            new MonoTool(
                allowed -> tool.callHandler().apply(context, allowed),
                request,
                calls.results(),
                subscriber));
  }

  /**
   * The tools of objects whose methods bear {@link GovernedTool}, governed, for a server of this
   * shape. Besides its arguments a method may ask for the {@link Principal}, the {@link
   * io.mcpgovernor.call.ToolCall}, the {@link McpTransportContext} or the server's exchange; it may
   * return a {@link CallToolResult} ready-made.
   *
   * @throws IllegalArgumentException if an object has no such method, one cannot be described, or
   *     two tools have the same name
   */
  public List<SyncToolSpecification> syncTools(Object... objects) {
    return methods(
        objects,
        Set.of(McpAsyncServerExchange.class),
        (tool, calls) ->
            Shapes.sync(
                calls,
                (exchange, request) ->
                    new MethodCall(
                        tool,
                        calls.results(),
                        exchange.transportContext(),
                        exchange,
                        subscriber(exchange.transportContext()))));
  }

  /**
   * The same for an asynchronous server. Methods run on the governor's threads there as well, so
   * one that blocks holds up nobody else.
   */
  public List<AsyncToolSpecification> asyncTools(Object... objects) {
    return methods(
        objects,
        Set.of(McpSyncServerExchange.class),
        (tool, calls) ->
            Shapes.async(
                calls,
                (exchange, request, subscriber) ->
                    new MethodCall(
                        tool, calls.results(), exchange.transportContext(), exchange, subscriber)));
  }

  /** The same for a stateless server. */
  public List<McpStatelessServerFeatures.SyncToolSpecification> statelessSyncTools(
      Object... objects) {
    return methods(
        objects,
        Set.of(McpSyncServerExchange.class, McpAsyncServerExchange.class),
        (tool, calls) ->
            Shapes.statelessSync(
                calls,
                (context, request) ->
                    new MethodCall(tool, calls.results(), context, context, subscriber(context))));
  }

  /** The same for an asynchronous stateless server. */
  public List<McpStatelessServerFeatures.AsyncToolSpecification> statelessAsyncTools(
      Object... objects) {
    return methods(
        objects,
        Set.of(McpSyncServerExchange.class, McpAsyncServerExchange.class),
        (tool, calls) ->
            Shapes.statelessAsync(
                calls,
                (context, request, subscriber) ->
                    new MethodCall(tool, calls.results(), context, context, subscriber)));
  }

  /**
   * Takes over what {@link GovernedTool} says at the methods of a class, for tools that a framework
   * makes of them: its own annotation makes the tool, ours says how it is governed.
   *
   * @throws IllegalArgumentException if it has no such method
   */
  public GovernedTools declare(Class<?> type) {
    MethodTools.declarations(type).forEach((name, said) -> tool(name, ToolOptions.of(said)));
    return this;
  }

  /** Shows each caller the tools they may use; {@code install} and {@code configure} set it. */
  public McpSyncListFilter<McpSchema.Tool> listFilter() {
    return (context, tool) -> governor.mayUse(principalOf(context), server, tool.name());
  }

  /** The same for asynchronous servers; it does not block. */
  public McpAsyncListFilter<McpSchema.Tool> asyncListFilter() {
    McpSyncListFilter<McpSchema.Tool> filter = listFilter();
    return (context, tool) -> Mono.fromSupplier(() -> filter.isVisible(context, tool));
  }

  /**
   * What a method that returns a Mono finds in its context, in synchronous servers as in others.
   */
  private static Context subscriber(McpTransportContext context) {
    return Context.of(McpTransportContext.KEY, context);
  }

  /**
   * Governs the marked methods of objects.
   *
   * @param absent what methods may not ask for, because the server does not have it
   */
  private <S> List<S> methods(
      Object[] objects, Set<Class<?>> absent, BiFunction<MethodTool, GovernedCalls, S> shape) {
    List<MethodTool> tools =
        MethodTools.of(List.of(objects), MethodCall.PROVIDED, MethodCall.READY);
    for (MethodTool tool : tools) {
      for (Class<?> asked : tool.provided()) {
        if (absent.contains(asked)) {
          throw new IllegalArgumentException(
              "the tool %s asks for a %s, which this server does not have"
                  .formatted(tool, asked.getSimpleName()));
        }
      }
    }
    return tools.stream()
        .map(
            tool ->
                shape.apply(tool, calls(Definitions.of(tool), ToolOptions.of(tool.declaration()))))
        .toList();
  }

  /**
   * Makes a tool known to the governor.
   *
   * @param declared what its method says; what the host says of it goes before
   */
  private GovernedCalls calls(McpSchema.Tool definition, UnaryOperator<ToolOptions> declared) {
    McpJsonMapper json = mapper != null ? mapper : McpJsonDefaults.getMapper();
    ToolOptions all =
        options
            .getOrDefault(definition.name(), UnaryOperator.identity())
            .apply(declared.apply(new ToolOptions(Definitions.tool(server, definition, json))));
    governor.tools().register(all.tool(), all.sensitivity());
    return new GovernedCalls(
        governor, server, definition, this::principalOf, carry, new CallResults(definition, json));
  }

  private static McpSchema.Tool definition(Object tool) {
    if (tool instanceof SyncToolSpecification sync) {
      return sync.tool();
    } else if (tool instanceof AsyncToolSpecification async) {
      return async.tool();
    } else if (tool instanceof McpStatelessServerFeatures.SyncToolSpecification sync) {
      return sync.tool();
    } else if (tool instanceof McpStatelessServerFeatures.AsyncToolSpecification async) {
      return async.tool();
    }
    throw new IllegalArgumentException(
        "a " + tool.getClass().getName() + " is no tool specification of the MCP Java SDK");
  }

  private Object wrapAny(Object tool) {
    if (tool instanceof SyncToolSpecification sync) {
      return wrap(sync);
    } else if (tool instanceof AsyncToolSpecification async) {
      return wrap(async);
    } else if (tool instanceof McpStatelessServerFeatures.SyncToolSpecification sync) {
      return wrap(sync);
    }
    return wrap((McpStatelessServerFeatures.AsyncToolSpecification) tool);
  }

  private @Nullable Principal principalOf(McpTransportContext context) {
    try {
      return principal.apply(context);
    } catch (RuntimeException e) {
      LOG.warn("The caller's identity could not be found out, so nobody is calling.", e);
      return null;
    }
  }

  private static @Nullable Principal verified(McpTransportContext context) {
    return context.get(PRINCIPAL) instanceof Principal principal ? principal : null;
  }
}
