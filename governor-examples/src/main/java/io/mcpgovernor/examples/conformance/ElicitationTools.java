package io.mcpgovernor.examples.conformance;

import static io.mcpgovernor.examples.conformance.ToolDefinitions.NO_ARGUMENTS;
import static io.mcpgovernor.examples.conformance.ToolDefinitions.tool;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tools that ask the client's user to fill in a form while they run. */
final class ElicitationTools {
  private static final String CONTACT =
      """
      {
        "type": "object",
        "properties": {
          "username": {"type": "string", "description": "User's response"},
          "email": {"type": "string", "description": "User's email address"}
        },
        "required": ["username", "email"]
      }
      """;

  private static final String DEFAULTS =
      """
      {
        "type": "object",
        "properties": {
          "name": {"type": "string", "default": "John Doe"},
          "age": {"type": "integer", "default": 30},
          "score": {"type": "number", "default": 95.5},
          "status": {
            "type": "string", "enum": ["active", "inactive", "pending"], "default": "active"
          },
          "verified": {"type": "boolean", "default": true}
        },
        "required": []
      }
      """;

  private static final String CHOICES =
      """
      {
        "type": "object",
        "properties": {
          "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
          "titledSingle": {
            "type": "string",
            "oneOf": [
              {"const": "value1", "title": "First Option"},
              {"const": "value2", "title": "Second Option"},
              {"const": "value3", "title": "Third Option"}
            ]
          },
          "legacyEnum": {
            "type": "string",
            "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"]
          },
          "untitledMulti": {
            "type": "array",
            "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
          },
          "titledMulti": {
            "type": "array",
            "items": {
              "anyOf": [
                {"const": "value1", "title": "First Choice"},
                {"const": "value2", "title": "Second Choice"},
                {"const": "value3", "title": "Third Choice"}
              ]
            }
          }
        },
        "required": []
      }
      """;

  private ElicitationTools() {}

  static List<SyncToolSpecification> all() {
    return List.of(
        tool(
            "test_elicitation",
            "Asks who the user is.",
            ToolDefinitions.text("message"),
            (exchange, request) ->
                ask(exchange, String.valueOf(request.arguments().get("message")), CONTACT)),
        tool(
            "test_elicitation_sep1034_defaults",
            "Asks with a form that is filled in already.",
            NO_ARGUMENTS,
            (exchange, request) -> ask(exchange, "Please review the defaults.", DEFAULTS)),
        tool(
            "test_elicitation_sep1330_enums",
            "Asks with a form of choices.",
            NO_ARGUMENTS,
            (exchange, request) -> ask(exchange, "Please choose.", CHOICES)));
  }

  private static CallToolResult ask(McpSyncServerExchange exchange, String message, String form) {
    ElicitResult answer =
        exchange.createElicitation(ElicitFormRequest.builder(message, parse(form)).build());
    String action = String.valueOf(answer.action()).toLowerCase(Locale.ROOT);
    return CallToolResult.builder()
        .addTextContent("User response: action=" + action + ", content=" + answer.content())
        .build();
  }

  private static Map<String, Object> parse(String form) {
    try {
      return McpJsonDefaults.getMapper().readValue(form, new TypeRef<Map<String, Object>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
