package io.mcpgovernor.examples;

import io.modelcontextprotocol.server.McpTransportContextExtractor;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves an MCP server over Streamable HTTP with Jetty, on the loopback interface only. Requests
 * whose {@code Host} or {@code Origin} is another machine's are refused, so that no web page can
 * reach it through a browser. It keeps the JVM alive until it is closed.
 */
public final class LoopbackHttp implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String ENDPOINT = "/mcp";

  private final Server server;
  private final URI uri;

  private LoopbackHttp(Server server, URI uri) {
    this.server = server;
    this.uri = uri;
  }

  /**
   * The SDK's transport, to build an MCP server on and then to {@link #start} with.
   *
   * @param context what tools may know of the HTTP request, such as who sent it; called once a
   *     request
   */
  public static HttpServletStreamableServerTransportProvider transport(
      McpTransportContextExtractor<HttpServletRequest> context) {
    return HttpServletStreamableServerTransportProvider.builder()
        .mcpEndpoint(ENDPOINT)
        .contextExtractor(context)
        // The SDK's sweeper of idle sessions has a thread that outlives the transport and would
        // keep the JVM from ending. Without it, a session whose client never says goodbye stays
        // until the MCP server is closed.
        .sessionSweepInterval(null)
        .httpHeaderValidator(
            DefaultServerTransportSecurityValidator.builder()
                .allowedHosts(List.of(HOST + ":*", "localhost:*"))
                .allowedOrigins(List.of("http://" + HOST + ":*", "http://localhost:*"))
                .build())
        .build();
  }

  /**
   * Starts to listen; when this returns, it answers.
   *
   * @param port 0 for any free one
   * @throws IllegalStateException if the port is taken
   */
  public static LoopbackHttp start(
      int port, HttpServletStreamableServerTransportProvider transport) {
    Server server = server(port, transport);
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw new IllegalStateException("The server cannot listen on " + HOST + ":" + port, e);
    }
    int localPort = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return new LoopbackHttp(server, URI.create("http://" + HOST + ":" + localPort + ENDPOINT));
  }

  /** Where clients connect, such as {@code http://127.0.0.1:49152/mcp}. */
  public URI uri() {
    return uri;
  }

  /** Stops listening; its threads have ended when this returns. Close the MCP server first. */
  @Override
  public void close() {
    stop(server);
  }

  private static Server server(int port, HttpServletStreamableServerTransportProvider transport) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
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

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server did not stop", e);
    }
  }
}
