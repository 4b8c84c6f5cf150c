package io.mcpgovernor.mcp;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.ToolSchema;
import io.mcpgovernor.method.GovernedTool;
import io.mcpgovernor.method.MethodTool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.IOException;

/** The SDK's definition of a tool as the engine's, and that of a method as the SDK's. */
final class Definitions {
  private Definitions() {}

  static Tool.Builder tool(String server, McpSchema.Tool definition, McpJsonMapper mapper) {
    Tool.Builder tool = Tool.of(server, json(definition, mapper));
    if (definition.inputSchema() != null && !definition.inputSchema().isEmpty()) {
      tool.argumentCheck(ToolSchema.of(definition.inputSchema()));
    }
    return tool;
  }

  /** The definition of a method that is a tool. */
  static McpSchema.Tool of(MethodTool tool) {
    GovernedTool said = tool.declaration();
    return McpSchema.Tool.builder(tool.name(), tool.inputSchema())
        .title(tool.title())
        .description(tool.description())
        .outputSchema(tool.outputSchema())
        .annotations(
            ToolAnnotations.builder()
                .title(tool.title())
                .readOnlyHint(said.readOnly())
                .destructiveHint(said.destructive() && !said.readOnly())
                .idempotentHint(said.idempotent())
                .openWorldHint(said.openWorld())
                .build())
        .build();
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
