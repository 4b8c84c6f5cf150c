package io.mcpgovernor.examples.conformance;

import static io.mcpgovernor.examples.conformance.ToolDefinitions.NO_ARGUMENTS;
import static io.mcpgovernor.examples.conformance.ToolDefinitions.tool;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.List;

/** Tools that speak with the client while they run: log, progress, sampling. */
final class DialogueTools {
  /** So long that messages sent before and after it are seen to come one by one. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private DialogueTools() {}

  static List<SyncToolSpecification> all() {
    return List.of(
        tool("test_tool_with_logging", "Logs as it goes.", NO_ARGUMENTS, DialogueTools::logging),
        tool(
            "test_tool_with_progress",
            "Says how far it is.",
            NO_ARGUMENTS,
            DialogueTools::progress),
        tool(
            "test_sampling",
            "Asks the client's model.",
            ToolDefinitions.text("prompt"),
            DialogueTools::sampling));
  }

  private static CallToolResult logging(McpSyncServerExchange exchange, CallToolRequest request) {
    log(exchange, "Tool execution started");
    pause();
    log(exchange, "Tool processing data");
    pause();
    log(exchange, "Tool execution completed");
    return text("Logged three messages.");
  }

  private static CallToolResult progress(McpSyncServerExchange exchange, CallToolRequest request) {
    for (int percent = 0; percent <= 100; percent += 50) {
      if (percent > 0) {
        pause();
      }
      if (request.progressToken() != null) {
        exchange.progressNotification(
            ProgressNotification.builder(request.progressToken(), percent).total(100.0).build());
      }
    }
    return text("Done.");
  }

  private static CallToolResult sampling(McpSyncServerExchange exchange, CallToolRequest request) {
    TextContent prompt =
        TextContent.builder(String.valueOf(request.arguments().get("prompt"))).build();
    CreateMessageResult answer =
        exchange.createMessage(
            CreateMessageRequest.builder(
                    List.of(SamplingMessage.builder(Role.USER, prompt).build()), 100)
                .build());
    String words = answer.content() instanceof TextContent content ? content.text() : "no text";
    return text("LLM response: " + words);
  }

  private static void log(McpSyncServerExchange exchange, String message) {
    exchange.loggingNotification(
        LoggingMessageNotification.builder(LoggingLevel.INFO, message).build());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The call was cancelled", e);
    }
  }

  private static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }
}
