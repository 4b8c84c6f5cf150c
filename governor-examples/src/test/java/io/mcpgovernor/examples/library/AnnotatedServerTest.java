package io.mcpgovernor.examples.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.examples.library.CustomerTools.Customer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial of docs/library.md, with a real client. */
final class AnnotatedServerTest {
  private static final Map<String, Customer> CUSTOMERS =
      Map.of("acme/c-17", new Customer("c-17", "John Doe", "john@example.com", "123-45-6789"));

  @TempDir Path directory;

  @Test
  void marksOnMethodsAreAllATutorialNeeds() {
    try (AnnotatedServer server = new AnnotatedServer(directory, new CustomerTools(CUSTOMERS));
        McpSyncClient alice = client(server, "alice")) {
      assertThat(alice.listTools().tools())
          .extracting(Tool::name)
          .containsExactlyInAnyOrder("get_customer", "count_customers", "whoami");
      assertThat(call(alice, "get_customer", Map.of("id", "c-17", "tenant_id", "acme")))
          .contains("***@***.com", "***-**-6789", "John Doe")
          .doesNotContain("john@");
      assertThat(call(alice, "count_customers", Map.of("tenant_id", "acme"))).isEqualTo("1");
      assertThat(call(alice, "whoami", Map.of())).isEqualTo("alice");
      assertThat(call(alice, "get_customer", Map.of("id", "c-17", "tenant_id", "globex")))
          .startsWith("Denied (rls)");
    }
  }

  private static McpSyncClient client(AnnotatedServer server, String user) {
    McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(
                        server.uri().toString().replace("/mcp", ""))
                    .endpoint("/mcp")
                    .requestBuilder(HttpRequest.newBuilder().header("X-User", user))
                    .build())
            .build();
    client.initialize();
    return client;
  }

  private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    CallToolResult result =
        client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    return ((TextContent) result.content().get(0)).text();
  }
}
