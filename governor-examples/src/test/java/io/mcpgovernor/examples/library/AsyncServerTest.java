package io.mcpgovernor.examples.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example with real clients. */
final class AsyncServerTest {
  @TempDir Path directory;

  @Test
  void whoeverBearsTheTokenGetsMaskedAnswersAndNobodyElseAny() {
    try (AsyncServer server = AsyncServer.start(directory, 0, "secret");
        McpSyncClient alice = client(server, "Bearer secret");
        McpSyncClient mallory = client(server, "Bearer guess")) {
      assertThat(text(call(alice))).isEqualTo("C-1001: ***@***.com, (***) ***-4567");
      assertThat(text(call(mallory))).startsWith("Denied (identity)");
      assertThat(mallory.listTools().tools()).isEmpty();
    }
  }

  private static McpSyncClient client(AsyncServer server, String authorization) {
    McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(server.uri().resolve("/").toString())
                    .endpoint(server.uri().getPath())
                    .requestBuilder(HttpRequest.newBuilder().header("Authorization", authorization))
                    .build())
            .build();
    client.initialize();
    return client;
  }

  private static CallToolResult call(McpSyncClient client) {
    return client.callTool(
        CallToolRequest.builder("get_contact").arguments(Map.of("customer_id", "C-1001")).build());
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }
}
