package io.mcpgovernor.examples.customers;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpTransportContextExtractor;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An MCP server with the given tools over Streamable HTTP, on the loopback interface only. It
 * refuses requests whose {@code Host} or {@code Origin} is another machine's, so that no web page
 * can reach it through a browser. It keeps the JVM alive until it is closed.
 */
public final class CustomerServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final String ENDPOINT = "/mcp";

  private final McpSyncServer mcp;
  private final Server http;
  private final URI uri;

  private CustomerServer(McpSyncServer mcp, Server http, URI uri) {
    this.mcp = mcp;
    this.http = http;
    this.uri = uri;
  }

  /** Starts a server on a free port that hands nothing of the HTTP request to the tools. */
  public static CustomerServer start(List<SyncToolSpecification> tools) {
    return start(0, tools, request -> McpTransportContext.EMPTY, UnaryOperator.identity());
  }

  /**
   * Starts a server; when this returns, it answers.
   *
   * @param port 0 for any free one
   * @param tools in the order in which clients see them
   * @param context what the tools may know of the HTTP request, such as who sent it; called once a
   *     request
   * @param settings the last word on the server before it is built, such as {@code
   *     validateToolInputs(false)} or a filter of the tools; tools, name and transport are set
   * @throws IllegalStateException if the port is taken
   */
  public static CustomerServer start(
      int port,
      List<SyncToolSpecification> tools,
      McpTransportContextExtractor<HttpServletRequest> context,
      UnaryOperator<SyncSpecification<?>> settings) {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint(ENDPOINT)
            .contextExtractor(context)
            // The SDK's sweeper of idle sessions has a thread that outlives the transport and would
            // keep the JVM from ending. Without it, a session whose client never says goodbye
            // stays until close().
            .sessionSweepInterval(null)
            .httpHeaderValidator(
                DefaultServerTransportSecurityValidator.builder()
                    .allowedHosts(List.of(HOST + ":*", "localhost:*"))
                    .allowedOrigins(List.of("http://" + HOST + ":*", "http://localhost:*"))
                    .build())
            .build();
    McpSyncServer mcp =
        settings
            .apply(
                McpServer.sync(transport)
                    .serverInfo("customer-service", "1.0.0")
                    .instructions("Customers, orders and support tickets of several tenants.")
                    .capabilities(ServerCapabilities.builder().tools(false).build())
                    .tools(tools))
            .build();
    Server http = httpServer(port, transport);
    try {
      http.start();
    } catch (Exception e) {
      stop(mcp, http);
      throw new IllegalStateException("The server cannot listen on " + HOST + ":" + port, e);
    }
    int localPort = ((ServerConnector) http.getConnectors()[0]).getLocalPort();
    return new CustomerServer(mcp, http, URI.create("http://" + HOST + ":" + localPort + ENDPOINT));
  }

  /** Where clients connect, such as {@code http://127.0.0.1:49152/mcp}. */
  public URI uri() {
    return uri;
  }

  /** Ends the sessions and stops listening; its threads have ended when this returns. */
  @Override
  public void close() {
    stop(mcp, http);
  }

  private static Server httpServer(
      int port, HttpServletStreamableServerTransportProvider transport) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("customer-server");
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(HOST);
    connector.setPort(port);
    server.addConnector(connector);
    ServletHolder servlet = new ServletHolder(transport);
    // The transport streams its answers.
    servlet.setAsyncSupported(true);
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(servlet, ENDPOINT);
    server.setHandler(handler);
    return server;
  }

  private static void stop(McpSyncServer mcp, Server http) {
    // Sessions first: an open event stream would hold a thread of the HTTP server.
    mcp.closeGracefully();
    try {
      http.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server did not stop", e);
    }
  }
}
