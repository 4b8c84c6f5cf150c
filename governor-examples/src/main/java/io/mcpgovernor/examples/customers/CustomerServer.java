package io.mcpgovernor.examples.customers;

import io.mcpgovernor.examples.LoopbackHttp;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpTransportContextExtractor;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An MCP server with the given tools over Streamable HTTP, on the loopback interface only. It
 * refuses requests whose {@code Host} or {@code Origin} is another machine's, so that no web page
 * can reach it through a browser. It keeps the JVM alive until it is closed.
 */
public final class CustomerServer implements AutoCloseable {

  private final McpSyncServer mcp;
  private final LoopbackHttp http;

  private CustomerServer(McpSyncServer mcp, LoopbackHttp http) {
    this.mcp = mcp;
    this.http = http;
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
    HttpServletStreamableServerTransportProvider transport = LoopbackHttp.transport(context);
    McpSyncServer mcp =
        settings
            .apply(
                McpServer.sync(transport)
                    .serverInfo("customer-service", "1.0.0")
                    .instructions("Customers, orders and support tickets of several tenants.")
                    .capabilities(ServerCapabilities.builder().tools(false).build())
                    .tools(tools))
            .build();
    try {
      return new CustomerServer(mcp, LoopbackHttp.start(port, transport));
    } catch (IllegalStateException e) {
      mcp.closeGracefully();
      throw e;
    }
  }

  /** Where clients connect, such as {@code http://127.0.0.1:49152/mcp}. */
  public URI uri() {
    return http.uri();
  }

  /** Ends the sessions and stops listening; its threads have ended when this returns. */
  @Override
  public void close() {
    // Sessions first: an open event stream would hold a thread of the HTTP server.
    mcp.closeGracefully();
    http.close();
  }
}
