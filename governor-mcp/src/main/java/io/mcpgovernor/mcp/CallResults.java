package io.mcpgovernor.mcp;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Denial;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.config.ResultSchema;
import io.mcpgovernor.method.MethodTool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of one tool, from the SDK's types to JSON and back.
 *
 * <p>The engine sees the whole result as it would go over the wire, so nothing the SDK would write
 * is left unmasked; what goes back is built from the masked JSON alone.
 */
final class CallResults {
  /** Where a denial stands in a result's {@code _meta}. */
  static final String DENIAL = "io.mcpgovernor/denial";

  private static final String STRUCTURED = "structuredContent";

  private final McpJsonMapper mapper;
  private final ResultSchema schema;

  CallResults(McpSchema.Tool definition, McpJsonMapper mapper) {
    this.mapper = mapper;
    this.schema = ResultSchema.of(definition.name(), definition.outputSchema());
  }

  /** A tool's answer, raw. */
  ToolResult raw(@Nullable CallToolResult result) throws IOException {
    if (result == null) {
      throw new IllegalStateException("the tool returned null");
    }
    return new ToolResult(
        Json.utf8(mapper.writeValueAsBytes(result)), Boolean.TRUE.equals(result.isError()));
  }

  /**
   * What a method returned, as the protocol tells it: objects as structured content and, for
   * clients that know only text, as text of the same JSON.
   *
   * @throws IllegalStateException if nothing was returned where something was promised
   */
  CallToolResult of(MethodTool.Content content, @Nullable Object value) throws IOException {
    if (content == MethodTool.Content.NONE) {
      return CallToolResult.builder().content(List.of()).build();
    }
    if (content == MethodTool.Content.WRAPPED) {
      Map<String, @Nullable Object> wrapped = new HashMap<>();
      wrapped.put(MethodTool.RESULT, value);
      return CallToolResult.builder()
          .addTextContent(mapper.writeValueAsString(value))
          .structuredContent(wrapped)
          .build();
    }
    if (value == null) {
      throw new IllegalStateException("the method returned null");
    }
    return switch (content) {
      case READY -> (CallToolResult) value;
      case TEXT -> CallToolResult.builder().addTextContent((String) value).build();
      default ->
          CallToolResult.builder()
              .addTextContent(mapper.writeValueAsString(value))
              .structuredContent(value)
              .build();
    };
  }

  /**
   * What the tool's output schema says: the SDK checks structured content against it after we have
   * recorded the result as delivered, and a mask may not fit.
   */
  ResultSchema schema() {
    return schema;
  }

  /** What the client gets. */
  CallToolResult of(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Refused refused) {
      return of(refused.denial());
    }
    return released(((CallOutcome.Released) outcome).result().object());
  }

  private static CallToolResult of(Denial denial) {
    return CallToolResult.builder()
        .addTextContent(denial.toText())
        .isError(true)
        .meta(Map.of(DENIAL, denial.toJson().object()))
        .build();
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private CallToolResult released(Map<String, @Nullable Object> result) {
    List<Content> content = new ArrayList<>();
    if (result.get("content") instanceof List<?> items) {
      for (Object item : items) {
        content.add(content((Map<String, @Nullable Object>) item));
      }
    }
    return new CallToolResult(
        content,
        (Boolean) result.get("isError"),
        result.get(STRUCTURED),
        (Map<String, Object>) result.get("_meta"));
  }

  private Content content(Map<String, @Nullable Object> item) {
    // By far the most frequent case, and it needs no mapper.
    return item.size() == 2
            && "text".equals(item.get("type"))
            && item.get("text") instanceof String text
        ? TextContent.builder(text).build()
        : mapper.convertValue(item, Content.class);
  }
}
