package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Principal;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Governed tools behind a real Streamable HTTP server, and real clients of it. */
final class WireServer {
  private final McpSyncServer mcp;
  private final Server http = new Server();
  private final URI uri;

  WireServer(GovernedTools governed, List<SyncToolSpecification> tools) throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint("/mcp")
            .contextExtractor(WireServer::context)
            .sessionSweepInterval(null)
            .build();
    mcp = governed.install(McpServer.sync(transport).serverInfo("wire", "1"), tools).build();
    ServerConnector connector = new ServerConnector(http);
    connector.setHost("127.0.0.1");
    http.addConnector(connector);
    ServletHolder servlet = new ServletHolder(transport);
    servlet.setAsyncSupported(true);
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(servlet, "/mcp");
    http.setHandler(handler);
    http.start();
    uri = URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** The test's way of signing in: the user's name stands in a header. */
  private static McpTransportContext context(HttpServletRequest request) {
    String user = request.getHeader("X-User");
    return user == null
        ? McpTransportContext.EMPTY
        : McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Principal.verified(user)));
  }

  URI uri() {
    return uri.resolve("/mcp");
  }

  /** A client signed in as a user; an empty name is nobody. */
  McpSyncClient client(String user) {
    HttpClientStreamableHttpTransport.Builder transport =
        HttpClientStreamableHttpTransport.builder(uri.toString()).endpoint("/mcp");
    if (!user.isEmpty()) {
      transport.addHttpRequestCustomizer(
          (request, method, to, body, context) -> request.header("X-User", user));
    }
    McpSyncClient client =
        McpClient.sync(transport.build()).requestTimeout(Duration.ofSeconds(20)).build();
    client.initialize();
    return client;
  }

  void close() throws Exception {
    mcp.closeGracefully();
    http.stop();
  }
}
