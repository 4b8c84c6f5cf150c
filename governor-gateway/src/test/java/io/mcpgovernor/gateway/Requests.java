package io.mcpgovernor.gateway;

import io.mcpgovernor.call.Json;
import org.jspecify.annotations.Nullable;

/** Requests as clients write them, in both eras. */
final class Requests {
  static final String STATELESS = "2026-07-28";

  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{},"
          + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"wire\",\"version\":\"1\"}}";

  private Requests() {}

  /** As until 2025-11-25. */
  static String legacy(Object id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":"
        + params
        + "}";
  }

  /** As from 2026-07-28 on; the parameters have no {@code _meta} of their own. */
  static String stateless(Object id, String method, String params) {
    String rest = params.strip().substring(1).strip();
    return legacy(id, method, "{" + META + (rest.equals("}") ? rest : "," + rest));
  }

  static String call(String tool, String arguments) {
    return "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}";
  }

  /** What the header {@code Mcp-Name} repeats. */
  static @Nullable String named(String params) {
    for (String key : new String[] {"name", "uri", "taskId"}) {
      if (Json.text(params).object().get(key) instanceof String name) {
        return name;
      }
    }
    return null;
  }
}
