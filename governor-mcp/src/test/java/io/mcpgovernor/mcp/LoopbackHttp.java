package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Principal;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A real HTTP server on the loopback interface with an MCP endpoint, and real clients of it. */
final class LoopbackHttp {
  static final String ENDPOINT = "/mcp";
  private static final String USER = "X-User";

  private final Server http = new Server();
  private final URI uri;

  LoopbackHttp(HttpServlet mcp) throws Exception {
    ServerConnector connector = new ServerConnector(http);
    connector.setHost("127.0.0.1");
    http.addConnector(connector);
    ServletHolder servlet = new ServletHolder(mcp);
    servlet.setAsyncSupported(true);
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(servlet, ENDPOINT);
    http.setHandler(handler);
    http.start();
    uri = URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** The tests' way of signing in, for context extractors: the user's name stands in a header. */
  static McpTransportContext context(HttpServletRequest request) {
    String user = request.getHeader(USER);
    return user == null
        ? McpTransportContext.EMPTY
        : McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Principal.verified(user)));
  }

  URI uri() {
    return uri.resolve(ENDPOINT);
  }

  /** A client signed in as a user; an empty name is nobody. */
  McpSyncClient client(String user) {
    HttpClientStreamableHttpTransport.Builder transport =
        HttpClientStreamableHttpTransport.builder(uri.toString()).endpoint(ENDPOINT);
    if (!user.isEmpty()) {
      transport.addHttpRequestCustomizer(
          (request, method, to, body, context) -> request.header(USER, user));
    }
    McpSyncClient client =
        McpClient.sync(transport.build()).requestTimeout(Duration.ofSeconds(20)).build();
    client.initialize();
    return client;
  }

  void close() throws Exception {
    http.stop();
  }
}
