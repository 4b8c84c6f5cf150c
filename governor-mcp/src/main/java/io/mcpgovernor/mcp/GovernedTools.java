package io.mcpgovernor.mcp;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Governor;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncListFilter;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Governs the tools of an MCP server: a tool goes in, the same tool comes out, and every call of it
 * goes through policies, masking and audit.
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
 * <p>{@link #install} also turns off the SDK's own check of arguments, which would answer before
 * any policy and off the record (the engine checks them instead), and filters {@code tools/list} by
 * what each caller may use. One thing stays with the SDK: a call of a name nobody registered is
 * answered by it alone, without a record.
 *
 * <p>Immutable and thread-safe once configured.
 */
public final class GovernedTools {
  /** The key of the transport context under which a host puts the {@link Principal} it verified. */
  public static final String PRINCIPAL = "io.mcpgovernor.principal";

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private final Governor governor;
  private final Map<String, UnaryOperator<ToolOptions>> options = new HashMap<>();
  private String server = "local";
  private Function<McpTransportContext, @Nullable Principal> principal = GovernedTools::verified;
  private @Nullable McpJsonMapper mapper;

  private GovernedTools(Governor governor) {
    this.governor = governor;
  }

  /** Governs tools by this governor. */
  public static GovernedTools of(Governor governor) {
    return new GovernedTools(governor);
  }

  /** Names the server in records and limits; {@code local} unless said otherwise. */
  public GovernedTools server(String name) {
    this.server = name;
    return this;
  }

  /** Declares something about a tool: that it reads PII, how it is masked, how long it may take. */
  public GovernedTools tool(String name, UnaryOperator<ToolOptions> declaration) {
    options.put(name, declaration);
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

  /**
   * Closes the SDK's ways around governed tools in a server whose tools are added elsewhere: its
   * own check of arguments is turned off, and its list of tools filtered.
   */
  public McpServer.SyncSpecification<?> configure(McpServer.SyncSpecification<?> specification) {
    return specification.validateToolInputs(false).addToolFilter(listFilter());
  }

  /** Governs tools. */
  public List<SyncToolSpecification> wrap(List<SyncToolSpecification> tools) {
    return tools.stream().map(this::wrap).toList();
  }

  /**
   * Governs a tool.
   *
   * @throws IllegalArgumentException if its schemas are not valid, or the server already has
   *     another tool of its name
   */
  public SyncToolSpecification wrap(SyncToolSpecification specification) {
    McpSchema.Tool definition = specification.tool();
    McpJsonMapper json = mapper != null ? mapper : McpJsonDefaults.getMapper();
    ToolOptions declared =
        options.getOrDefault(definition.name(), UnaryOperator.identity()).apply(new ToolOptions());
    Tool tool = declared.declare(Definitions.tool(server, definition, json)).build();
    governor.tools().register(tool, declared.sensitivity());
    CallResults results = new CallResults(definition, json);
    return SyncToolSpecification.builder()
        .tool(definition)
        .callHandler((exchange, request) -> call(exchange, request, specification, results))
        .build();
  }

  /** Shows each caller the tools they may use; {@link #install} and {@link #configure} set it. */
  public McpSyncListFilter<McpSchema.Tool> listFilter() {
    return (context, tool) -> governor.mayUse(principalOf(context), server, tool.name());
  }

  private McpSchema.CallToolResult call(
      McpSyncServerExchange exchange,
      McpSchema.CallToolRequest request,
      SyncToolSpecification specification,
      CallResults results) {
    CallRequest governed =
        new CallRequest(
            server,
            specification.tool().name(),
            Json.of(request.arguments()),
            Json.of(request.meta() == null ? Map.of() : request.meta()),
            principalOf(exchange.transportContext()));
    CallOutcome outcome =
        governor.call(
            governed, new SyncTool(specification.callHandler(), exchange, request, results));
    return results.of(outcome);
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
