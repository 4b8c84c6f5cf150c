package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server over stdio with one tool, for rehearsals of {@code governor run}: what is loaded while
 * it is asked is what every server needs.
 */
public final class RehearsalServer {
  private static final Json SERVER =
      Json.text(
          "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
              + "\"serverInfo\":{\"name\":\"rehearsal\",\"version\":\"1\"}}");

  private static final Json TOOLS =
      Json.text(
          "{\"tools\":[{\"name\":\"echo\",\"description\":\"Says what it hears.\",\"inputSchema\":"
              + "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},"
              + "\"required\":[\"text\"]}}]}");

  private RehearsalServer() {}

  /** Answers lines of standard input until it ends. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Map<String, @Nullable Object> message = Json.text(line).object();
      Object id = message.get("id");
      if (id != null && message.get("method") instanceof String method) {
        answer(Json.of(id), result(method, message.get("params")));
      }
    }
  }

  private static Json result(String method, @Nullable Object params) {
    return switch (method) {
      case "initialize" -> SERVER;
      case "tools/list" -> TOOLS;
      case "tools/call" -> echo(params);
      default -> Json.EMPTY_OBJECT;
    };
  }

  private static Json echo(@Nullable Object params) {
    Object text =
        params instanceof Map<?, ?> members && members.get("arguments") instanceof Map<?, ?> given
            ? given.get("text")
            : null;
    return Json.utf8(
        JsonWriter.bytes(
            json -> {
              json.beginObject().name("content").beginArray().beginObject();
              json.field("type", "text").field("text", String.valueOf(text));
              json.endObject().endArray().endObject();
            }));
  }

  private static void answer(Json id, Json result) {
    byte[] line =
        JsonWriter.bytes(
            json -> {
              json.beginObject().field("jsonrpc", "2.0").field("id", id);
              json.field("result", result).endObject();
            });
    System.out.println(new String(line, StandardCharsets.UTF_8));
    System.out.flush();
  }
}
