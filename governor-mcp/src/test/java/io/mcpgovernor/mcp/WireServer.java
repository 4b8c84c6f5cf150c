package io.mcpgovernor.mcp;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import java.net.URI;
import java.util.List;

/** Governed tools behind a real Streamable HTTP server of one of the SDK's four shapes. */
final class WireServer {
  private final LoopbackHttp http;
  private final Runnable closeMcp;

  private WireServer(LoopbackHttp http, Runnable closeMcp) {
    this.http = http;
    this.closeMcp = closeMcp;
  }

  static WireServer sync(GovernedTools governed, List<SyncToolSpecification> tools)
      throws Exception {
    HttpServletStreamableServerTransportProvider transport = withSessions();
    McpSyncServer mcp =
        governed.install(McpServer.sync(transport).serverInfo("wire", "1"), tools).build();
    return new WireServer(new LoopbackHttp(transport), mcp::closeGracefully);
  }

  static WireServer async(GovernedTools governed, List<AsyncToolSpecification> tools)
      throws Exception {
    HttpServletStreamableServerTransportProvider transport = withSessions();
    McpAsyncServer mcp =
        governed.install(McpServer.async(transport).serverInfo("wire", "1"), tools).build();
    return new WireServer(new LoopbackHttp(transport), () -> mcp.closeGracefully().block());
  }

  static WireServer statelessSync(
      GovernedTools governed, List<McpStatelessServerFeatures.SyncToolSpecification> tools)
      throws Exception {
    HttpServletStatelessServerTransport transport = stateless();
    McpStatelessSyncServer mcp =
        governed.install(McpServer.sync(transport).serverInfo("wire", "1"), tools).build();
    return new WireServer(new LoopbackHttp(transport), mcp::closeGracefully);
  }

  static WireServer statelessAsync(
      GovernedTools governed, List<McpStatelessServerFeatures.AsyncToolSpecification> tools)
      throws Exception {
    HttpServletStatelessServerTransport transport = stateless();
    McpStatelessAsyncServer mcp =
        governed.install(McpServer.async(transport).serverInfo("wire", "1"), tools).build();
    return new WireServer(new LoopbackHttp(transport), () -> mcp.closeGracefully().block());
  }

  private static HttpServletStreamableServerTransportProvider withSessions() {
    return HttpServletStreamableServerTransportProvider.builder()
        .mcpEndpoint(LoopbackHttp.ENDPOINT)
        .contextExtractor(LoopbackHttp::context)
        .sessionSweepInterval(null)
        .build();
  }

  private static HttpServletStatelessServerTransport stateless() {
    return HttpServletStatelessServerTransport.builder()
        .messageEndpoint(LoopbackHttp.ENDPOINT)
        .contextExtractor(LoopbackHttp::context)
        .build();
  }

  URI uri() {
    return http.uri();
  }

  /** A client signed in as a user; an empty name is nobody. */
  McpSyncClient client(String user) {
    return http.client(user);
  }

  void close() throws Exception {
    closeMcp.run();
    http.close();
  }
}
