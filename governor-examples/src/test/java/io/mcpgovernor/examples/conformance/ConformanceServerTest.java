package io.mcpgovernor.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the conformance suite that need no Node.js: tools that speak with the client. */
class ConformanceServerTest {
  /** What the server said unasked; it may reach the client's listeners after the result does. */
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

  @Test
  void withoutGovernanceAToolSpeaksWithTheClientWhileItRuns() throws Exception {
    try (ConformanceServer server = ConformanceServer.bare()) {
      assertThat(dialogue(server.uri()))
          .containsExactly(
              "LLM response: Ask ada@example.com.",
              "User response: action=accept, content={email=ada@example.com}");
    }
  }

  @Test
  void aGovernedToolSpeaksWithTheClientWhileItRunsAndItsResultIsMasked(@TempDir Path audit)
      throws Exception {
    try (ConformanceServer server = ConformanceServer.governed(audit)) {
      assertThat(dialogue(server.uri()))
          .containsExactly(
              "LLM response: Ask ***@***.com.",
              "User response: action=accept, content={email=***@***.com}");
    }
  }

  private List<String> dialogue(URI server) throws InterruptedException {
    try (McpSyncClient client = client(server)) {
      client.initialize();
      call(client, "test_tool_with_logging", Map.of());
      assertThat(threeHeard())
          .containsExactlyInAnyOrder(
              "Tool execution started", "Tool processing data", "Tool execution completed");
      call(client, "test_tool_with_progress", Map.of());
      assertThat(threeHeard()).containsExactlyInAnyOrder(0.0, 50.0, 100.0);
      return List.of(
          call(client, "test_sampling", Map.of("prompt", "Whom shall I ask?")),
          call(client, "test_elicitation", Map.of("message", "Who are you?")));
    }
  }

  private List<@Nullable Object> threeHeard() throws InterruptedException {
    List<@Nullable Object> messages = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      messages.add(heard.poll(10, TimeUnit.SECONDS));
    }
    return messages;
  }

  private McpSyncClient client(URI server) {
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder(server.resolve("/").toString())
                .endpoint(server.getPath())
                .build())
        .capabilities(ClientCapabilities.builder().sampling().elicitation().build())
        .loggingConsumer(message -> heard.add(message.data()))
        .progressConsumer(message -> heard.add(message.progress()))
        .sampling(
            request ->
                CreateMessageResult.builder(Role.ASSISTANT, "Ask ada@example.com.", "a-model")
                    .build())
        .elicitation(
            request ->
                ElicitResult.builder(ElicitResult.Action.ACCEPT)
                    .content(Map.of("email", "ada@example.com"))
                    .build())
        .build();
  }

  private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    CallToolResult result =
        client.callTool(
            CallToolRequest.builder(tool)
                .arguments(arguments)
                .meta(Map.of("progressToken", tool))
                .build());
    assertThat(result.isError()).isNotEqualTo(true);
    return ((TextContent) result.content().get(0)).text();
  }
}
