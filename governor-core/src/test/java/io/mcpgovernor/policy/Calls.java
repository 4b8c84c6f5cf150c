package io.mcpgovernor.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.time.Instant;
import java.util.Map;

/** Calls as tests need them. */
final class Calls {
  /** A tool that declares nothing. */
  static final Tool PLAIN = tool("{\"name\":\"plain\"}").build();

  private Calls() {}

  static Tool.Builder tool(String definition) {
    return Tool.of("crm", Json.text(definition));
  }

  static Tool named(String server, String name) {
    return Tool.of(server, Json.of(Map.of("name", name))).build();
  }

  static ToolCall by(String user) {
    return by(Principal.verified(user));
  }

  static ToolCall by(Principal principal) {
    return of(principal, null, PLAIN, Json.EMPTY_OBJECT);
  }

  static ToolCall with(Json arguments) {
    return of(Principal.verified("alice"), null, PLAIN, arguments);
  }

  static ToolCall of(Principal principal, String tenant, Tool tool, Json arguments) {
    return new ToolCall("call-1", principal, tenant, tool, arguments, Instant.EPOCH);
  }
}
