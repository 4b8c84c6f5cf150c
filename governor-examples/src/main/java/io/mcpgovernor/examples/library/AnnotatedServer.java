package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.examples.LoopbackHttp;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A server of annotated methods over Streamable HTTP. */
public final class AnnotatedServer implements AutoCloseable {
  private final Governor governor;
  private final McpSyncServer server;
  private final LoopbackHttp http;

  /** Starts it on any free port. */
  public AnnotatedServer(Path auditDirectory, CustomerTools tools) {
    HttpServletStreamableServerTransportProvider transport =
        LoopbackHttp.transport(request -> signedIn(request.getHeader("X-User")));
    // docs: annotated
    governor = Governor.builder().auditTo(auditDirectory).build();
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantPiiPermission("alice");

    GovernedTools governed = GovernedTools.of(governor).server("crm");
    server = governed.install(McpServer.sync(transport), governed.syncTools(tools)).build();
    // docs: end
    http = LoopbackHttp.start(0, transport);
  }

  /** Stands for a token that was verified: anybody can send this header. */
  private static McpTransportContext signedIn(String user) {
    return user == null
        ? McpTransportContext.EMPTY
        : McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Principal.verified(user)));
  }

  /** Where clients connect. */
  public URI uri() {
    return http.uri();
  }

  /** What governs it. */
  public Governor governor() {
    return governor;
  }

  @Override
  public void close() {
    server.closeGracefully();
    http.close();
    governor.close();
  }
}
