package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.ToolSchema;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;

/** The SDK's definition of a tool as the engine's. */
final class Definitions {
  private Definitions() {}

  static Tool.Builder tool(String server, McpSchema.Tool definition, McpJsonMapper mapper) {
    Tool.Builder tool = Tool.of(server, json(definition, mapper));
    if (definition.inputSchema() != null && !definition.inputSchema().isEmpty()) {
      tool.argumentCheck(ToolSchema.of(definition.inputSchema()));
    }
    return tool;
  }

  private static Json json(McpSchema.Tool definition, McpJsonMapper mapper) {
    try {
      return Json.utf8(mapper.writeValueAsBytes(definition));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the definition of " + definition.name() + " cannot be written as JSON", e);
    }
  }
}
