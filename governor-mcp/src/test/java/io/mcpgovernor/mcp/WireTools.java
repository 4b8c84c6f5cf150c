package io.mcpgovernor.mcp;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.Identity.Trust;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What every server has whose shape is tested: the same governor, grants and tools. */
final class WireTools {
  // Read from text, because the order in Map.of is another in each process, and records show it.
  private static final Map<String, Object> CUSTOMER =
      json(
          """
          {"name": "John Doe", "email": "john@example.com", "ssn": "123-45-6789"}
          """);
  private static final Map<String, Object> BY_ID =
      json(
          """
          {"type": "object",
           "properties": {
             "id": {"type": "integer", "minimum": 1},
             "tenant_id": {"type": "string"},
             "user_id": {"type": "string"},
             "ssn": {"type": "string"}},
           "required": ["id"],
           "additionalProperties": false}
          """);
  private static final Map<String, Object> WITHOUT_ROOM_FOR_A_MASK =
      json(
          """
          {"type": "object", "properties": {"ssn": {"enum": ["123-45-6789"]}}}
          """);

  private WireTools() {}

  /** Alice may do all, Bob must not read PII, and nobody else has a tenant. */
  static Governor governor(Path auditDirectory, Trust trust) {
    Governor governor = Governor.builder().auditTo(auditDirectory).trust(trust).build();
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantPiiPermission("alice");
    governor.grants().grantTenantAccess("bob", "acme");
    return governor;
  }

  static GovernedTools governed(Governor governor) {
    return GovernedTools.of(governor)
        .server("crm")
        .tool("get_customer", tool -> tool.requiresPii(true).userArgument("user_id"))
        .tool("ping", tool -> tool.requiresPii(false).tenantScoped(false));
  }

  static List<WireTool> all() {
    return List.of(
        new WireTool(Tool.builder("get_customer", BY_ID).build(), request -> customer()),
        new WireTool(
            Tool.builder("ping", Map.of("type", "object")).build(),
            request -> CallToolResult.builder().addTextContent("pong").build()),
        new WireTool(
            Tool.builder("typed", BY_ID).outputSchema(WITHOUT_ROOM_FOR_A_MASK).build(),
            request -> customer()),
        new WireTool(
            Tool.builder("broken", BY_ID).build(),
            request -> {
              throw new IllegalStateException("Row: john@example.com");
            }));
  }

  private static Map<String, Object> json(String text) {
    return Json.text(text).object();
  }

  private static CallToolResult customer() {
    return CallToolResult.builder()
        .addTextContent("John Doe, john@example.com, 123-45-6789")
        .structuredContent(CUSTOMER)
        .meta(Map.of("contact", "john@example.com"))
        .build();
  }
}
