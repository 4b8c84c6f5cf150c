package io.mcpgovernor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the README, run with a real client. */
final class QuickStartTest {
  @TempDir Path directory;

  @Test
  void theLinesOfTheReadmeGovernAServer() throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint("/mcp")
            .contextExtractor(request -> QuickStart.signedIn("alice"))
            .sessionSweepInterval(null)
            .build();
    Server http = new Server();
    ServerConnector connector = new ServerConnector(http);
    connector.setHost("127.0.0.1");
    http.addConnector(connector);
    ServletHolder servlet = new ServletHolder(transport);
    servlet.setAsyncSupported(true);
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(servlet, "/mcp");
    http.setHandler(handler);
    QuickStart governed = QuickStart.serve(transport, List.of(customer()), directory);
    try {
      http.start();
      try (McpSyncClient client =
          McpClient.sync(
                  HttpClientStreamableHttpTransport.builder(
                          "http://127.0.0.1:" + connector.getLocalPort())
                      .endpoint("/mcp")
                      .build())
              .build()) {
        client.initialize();

        CallToolResult result =
            client.callTool(CallToolRequest.builder("get_customer").arguments(Map.of()).build());

        assertThat(((TextContent) result.content().get(0)).text()).isEqualTo("***@***.com");
      }
    } finally {
      governed.close();
      http.stop();
    }
    assertThat(directory.resolve("audit-000001.jsonl")).isNotEmptyFile();
  }

  private static SyncToolSpecification customer() {
    return SyncToolSpecification.builder()
        .tool(Tool.builder("get_customer", Map.of("type", "object")).build())
        .callHandler(
            (exchange, request) ->
                CallToolResult.builder().addTextContent("john@example.com").build())
        .build();
  }
}
