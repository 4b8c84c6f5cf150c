package io.mcpgovernor.examples.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.JsonlAuditLog;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as a client starts it: a process of its own. */
final class StdioServerTest {
  @TempDir Path directory;

  @Test
  void theUserOfTheProcessIsTheUserOfItsCalls() throws Exception {
    StdioClientTransport process =
        new StdioClientTransport(
            ServerParameters.builder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args(
                    "-cp",
                    System.getProperty("java.class.path"),
                    StdioServer.class.getName(),
                    directory.toString())
                .build(),
            McpJsonDefaults.getMapper());
    try (McpSyncClient client =
        McpClient.sync(process)
            .initializationTimeout(Duration.ofSeconds(60)) // a JVM starts
            .requestTimeout(Duration.ofSeconds(60))
            .build()) {
      client.initialize();

      CallToolResult own = call(client, "acme");
      assertThat(own.isError()).isFalse();
      assertThat(own.structuredContent().toString())
          .contains("John Doe", "***-**-6789")
          .doesNotContain("123-45");
      assertThat(call(client, "globex").toString()).contains("Denied (rls)");
    }
    assertThat(JsonlAuditLog.readLogs(directory, 3))
        .allSatisfy(
            record ->
                assertThat(record.object())
                    .containsEntry("user_id", System.getProperty("user.name"))
                    .containsEntry("principal_source", "verified"));
  }

  private static CallToolResult call(McpSyncClient client, String tenant) {
    return client.callTool(
        CallToolRequest.builder("get_customer_profile")
            .arguments(Map.of("tenant_id", tenant, "customer_id", "C-1001"))
            .build());
  }
}
