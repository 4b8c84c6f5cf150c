package io.mcpgovernor.examples.spring;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** The SDK's client, connected to a running application as some user. */
final class Client implements AutoCloseable {
  private final McpSyncClient mcp;

  /**
   * Connects.
   *
   * @param user an empty name is nobody
   */
  Client(ApplicationContext application, String user) {
    HttpClientStreamableHttpTransport.Builder transport =
        HttpClientStreamableHttpTransport.builder(
                "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"))
            .endpoint("/mcp");
    if (!user.isEmpty()) {
      transport.addHttpRequestCustomizer(
          (request, method, to, body, context) -> request.header(CallerConfiguration.USER, user));
    }
    mcp = McpClient.sync(transport.build()).requestTimeout(Duration.ofSeconds(20)).build();
    mcp.initialize();
  }

  CallToolResult call(String tool, Map<String, Object> arguments) {
    return mcp.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  List<Tool> tools() {
    return mcp.listTools().tools();
  }

  List<String> toolNames() {
    return tools().stream().map(Tool::name).toList();
  }

  static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  /** What a denial says to machines; empty if the call was not denied. */
  static Map<?, ?> denial(CallToolResult result) {
    return result.meta() != null
            && result.meta().get("io.mcpgovernor/denial") instanceof Map<?, ?> facts
        ? facts
        : Map.of();
  }

  @Override
  public void close() {
    mcp.close();
  }
}
