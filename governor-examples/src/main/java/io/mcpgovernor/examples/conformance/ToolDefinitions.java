package io.mcpgovernor.examples.conformance;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.function.BiFunction;

/** What clients are told about the tools: the JSON Schemas of their arguments, as they go out. */
final class ToolDefinitions {
  static final String NO_ARGUMENTS =
      """
      {"type": "object", "properties": {}, "additionalProperties": false}
      """;

  /** Keywords that a server which reads schemas into types of its own would lose. */
  static final String RICH_SCHEMA =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {
          "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
          }
        },
        "properties": {
          "name": {"type": "string"},
          "address": {"$ref": "#/$defs/address"},
          "contactMethod": {"type": "string", "enum": ["phone", "email"]},
          "phone": {"type": "string"},
          "email": {"type": "string"}
        },
        "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
        "if": {
          "properties": {"contactMethod": {"const": "phone"}},
          "required": ["contactMethod"]
        },
        "then": {"required": ["phone"]},
        "else": {"required": ["email"]},
        "additionalProperties": false
      }
      """;

  private ToolDefinitions() {}

  /** The schema of one text that must be given. */
  static String text(String argument) {
    return """
    {
      "type": "object",
      "properties": {"%1$s": {"type": "string"}},
      "required": ["%1$s"],
      "additionalProperties": false
    }
    """
        .formatted(argument);
  }

  static SyncToolSpecification tool(
      String name,
      String description,
      String inputSchema,
      BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
    return SyncToolSpecification.builder()
        .tool(
            Tool.builder(name, McpJsonDefaults.getMapper(), inputSchema)
                .description(description)
                .build())
        .callHandler(handler)
        .build();
  }
}
