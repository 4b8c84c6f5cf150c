package io.mcpgovernor.examples;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The least it takes to govern a server. The README shows these lines. */
public final class QuickStart implements AutoCloseable {
  private final Governor governor;
  private final McpSyncServer server;

  private QuickStart(Governor governor, McpSyncServer server) {
    this.governor = governor;
    this.server = server;
  }

  /** Serves tools over a transport, governed. */
  public static QuickStart serve(
      McpStreamableServerTransportProvider transport,
      List<SyncToolSpecification> tools,
      Path auditDirectory) {
    // readme: govern
    Governor governor =
        Governor.builder()
            .callsPerHour(200) // the four policies are always on
            .complexityBelow(150)
            .auditTo(auditDirectory)
            .build();
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantPiiPermission("alice");

    GovernedTools governed =
        GovernedTools.of(governor)
            .tool("get_customer", tool -> tool.requiresPii(true))
            .tool("export_customers", tool -> tool.requiresPii(true).strict());

    McpSyncServer server = governed.install(McpServer.sync(transport), tools).build();
    // readme: end
    return new QuickStart(governor, server);
  }

  /** What a context extractor gives for a request whose user the transport has verified. */
  public static McpTransportContext signedIn(String user) {
    // readme: identity
    McpTransportContext context =
        McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Principal.verified(user)));
    // readme: end
    return context;
  }

  @Override
  public void close() {
    server.closeGracefully();
    governor.close();
  }
}
