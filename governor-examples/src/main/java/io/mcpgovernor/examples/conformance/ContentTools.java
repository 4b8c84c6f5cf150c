package io.mcpgovernor.examples.conformance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;

/** Tools that answer by themselves: one for each kind of content, one that fails. */
final class ContentTools {

  private ContentTools() {}

  static List<SyncToolSpecification> all() {
    return List.of(
        answering(
            "test_simple_text",
            "Answers with text.",
            text("This is a simple text response for testing.")),
        answering("test_image_content", "Answers with an image.", image()),
        answering(
            "test_audio_content",
            "Answers with a sound.",
            AudioContent.builder(Media.WAV, "audio/wav").build()),
        answering(
            "test_embedded_resource",
            "Answers with a resource.",
            resource(
                "test://embedded-resource", "text/plain", "This is an embedded resource content.")),
        answering(
            "test_multiple_content_types",
            "Answers with text, an image and a resource.",
            text("Multiple content types test:"),
            image(),
            resource(
                "test://mixed-content-resource",
                "application/json",
                "{\"test\":\"data\",\"value\":123}")),
        ToolDefinitions.tool(
            "test_error_handling",
            "Fails.",
            ToolDefinitions.NO_ARGUMENTS,
            (exchange, request) ->
                CallToolResult.builder()
                    .addTextContent("This tool intentionally returns an error for testing")
                    .isError(true)
                    .build()),
        ToolDefinitions.tool(
            "json_schema_2020_12_tool",
            "Tool with JSON Schema 2020-12 features",
            ToolDefinitions.RICH_SCHEMA,
            (exchange, request) -> result(text("The arguments fit the schema."))));
  }

  private static SyncToolSpecification answering(
      String name, String description, Content... content) {
    return ToolDefinitions.tool(
        name, description, ToolDefinitions.NO_ARGUMENTS, (exchange, request) -> result(content));
  }

  private static CallToolResult result(Content... content) {
    return CallToolResult.builder().content(List.of(content)).build();
  }

  private static Content text(String text) {
    return TextContent.builder(text).build();
  }

  private static Content image() {
    return ImageContent.builder(Media.PNG, "image/png").build();
  }

  private static Content resource(String uri, String mimeType, String text) {
    return EmbeddedResource.builder(
            TextResourceContents.builder(uri, text).mimeType(mimeType).build())
        .build();
  }
}
