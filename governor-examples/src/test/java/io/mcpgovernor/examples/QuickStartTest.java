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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the README, run with a real client. */
final class QuickStartTest {
  @TempDir Path directory;

  @Test
  void theLinesOfTheReadmeGovernAServer() {
    HttpServletStreamableServerTransportProvider transport =
        LoopbackHttp.transport(request -> QuickStart.signedIn("alice"));
    QuickStart governed = QuickStart.serve(transport, List.of(customer()), directory);
    LoopbackHttp http = LoopbackHttp.start(0, transport);
    try {
      try (McpSyncClient client =
          McpClient.sync(
                  HttpClientStreamableHttpTransport.builder(http.uri().toString())
                      .endpoint(http.uri().getPath())
                      .build())
              .build()) {
        client.initialize();

        CallToolResult result =
            client.callTool(CallToolRequest.builder("get_customer").arguments(Map.of()).build());

        assertThat(((TextContent) result.content().get(0)).text()).isEqualTo("***@***.com");
      }
    } finally {
      governed.close();
      http.close();
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
