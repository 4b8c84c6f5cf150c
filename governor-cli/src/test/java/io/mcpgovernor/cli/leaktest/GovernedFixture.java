package io.mcpgovernor.cli.leaktest;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.examples.LoopbackHttp;
import io.mcpgovernor.mcp.GovernedTools;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskRules;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fixture's tools on a server of the official SDK, governed by the library. Those whose answers
 * the SDK's types cannot hold are missing.
 */
final class GovernedFixture implements AutoCloseable {
  private static final Principal USER = Principal.verified("alice");

  private final Governor governor;
  private final McpSyncServer server;
  private final LoopbackHttp http;

  private GovernedFixture(Governor governor, McpSyncServer server, LoopbackHttp http) {
    this.governor = governor;
    this.server = server;
    this.http = http;
  }

  /** Over stdio: the audit directory is the argument. */
  public static void main(String[] arguments) {
    Governor governor = governor(Path.of(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(governor::close));
    governed(governor)
        .install(
            McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper())), tools())
        .build();
  }

  static GovernedFixture overHttp(Path auditDirectory) {
    Governor governor = governor(auditDirectory);
    var transport = LoopbackHttp.transport(request -> McpTransportContext.EMPTY);
    McpSyncServer server = governed(governor).install(McpServer.sync(transport), tools()).build();
    return new GovernedFixture(governor, server, LoopbackHttp.start(0, transport));
  }

  URI uri() {
    return http.uri();
  }

  private static Governor governor(Path auditDirectory) {
    return Governor.builder()
        .callsPerHour(1_000_000)
        .denialsPerMinute(1_000_000)
        .masking(MaskRules.builder().with(Kinds.all().toArray(new Kind[0])).build())
        .durability(Durability.ASYNC)
        .auditTo(auditDirectory)
        .build();
  }

  private static GovernedTools governed(Governor governor) {
    governor.grants().grantPiiPermission(USER.subject());
    GovernedTools governed = GovernedTools.of(governor).principal(context -> USER);
    for (Carrier carrier : Carrier.values()) {
      governed.tool(LeakCase.tool(carrier), tool -> tool.requiresPii(true).tenantScoped(false));
    }
    return governed;
  }

  private static List<SyncToolSpecification> tools() {
    return Arrays.stream(Carrier.values())
        .filter(carrier -> carrier.door() == Carrier.Door.TOOL)
        .filter(carrier -> carrier.notification() == null && carrier != Carrier.UNKNOWN_FIELD)
        .map(
            carrier ->
                new SyncToolSpecification(
                    McpSchema.Tool.builder(
                            LeakCase.tool(carrier),
                            Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("value", Map.of("type", "string"))))
                        .build(),
                    (exchange, request) -> answer(carrier, request)))
        .toList();
  }

  private static CallToolResult answer(Carrier carrier, CallToolRequest request) {
    LeakCase leakCase =
        LeakCase.named(carrier.shown(), (String) request.arguments().get("value")).orElseThrow();
    if (carrier == Carrier.TOOL_EXCEPTION) {
      throw new IllegalStateException(leakCase.canary().text());
    }
    Reply reply = leakCase.reply();
    Map<String, @Nullable Object> body =
        WireJson.object(WireJson.read(WireJson.write(reply.body())));
    if (reply.isError()) {
      throw McpError.builder(-32_000)
          .message((String) body.get("message"))
          .data(body.get("data"))
          .build();
    }
    try {
      return McpJsonDefaults.getMapper().readValue(WireJson.write(body), CallToolResult.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.closeGracefully();
    http.close();
    governor.close();
  }
}
