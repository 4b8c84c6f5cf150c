package io.mcpgovernor.cli.leaktest;

import static io.mcpgovernor.cli.leaktest.Carrier.object;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server behind: it answers with made-up personal data and governs nothing. It has no state, so
 * it serves any number of clients.
 */
public final class Fixture {
  private static final Map<String, @Nullable Object> VALUE_SCHEMA =
      object(
          "type",
          "object",
          "properties",
          object("value", object("type", "string")),
          "required",
          List.of("value"));

  private Fixture() {}

  /** Serves until the input ends. */
  public static void serve(InputStream in, OutputStream out) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      for (String message : answer(line)) {
        out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
    }
  }

  /** What is sent for a message: nothing for a notification, otherwise the response last. */
  static List<String> answer(String message) {
    Map<String, @Nullable Object> request = WireJson.object(WireJson.read(message));
    Object id = request.get("id");
    String method = text(request.get("method"));
    if (id == null || method.isEmpty()) {
      return List.of();
    }
    Map<String, @Nullable Object> params = WireJson.object(request.get("params"));
    return switch (method) {
      case "initialize" -> List.of(response(id, Reply.result(initialized(params))));
      case "ping", "logging/setLevel" -> List.of(response(id, Reply.result(Map.of())));
      case "tools/list" -> List.of(response(id, Reply.result(object("tools", tools()))));
      case "resources/list" -> List.of(response(id, Reply.result(object("resources", List.of()))));
      case "resources/templates/list" ->
          List.of(response(id, Reply.result(object("resourceTemplates", templates()))));
      case "prompts/list" -> List.of(response(id, Reply.result(object("prompts", prompts()))));
      default -> answer(asked(method, params), id, params);
    };
  }

  private static List<String> answer(
      Optional<LeakCase> leakCase, Object id, Map<String, @Nullable Object> params) {
    if (leakCase.isEmpty()) {
      return List.of(
          response(id, new Reply(object("code", -32_602, "message", "no such case"), true, null)));
    }
    Reply reply = leakCase.get().reply();
    List<String> messages = new ArrayList<>();
    String notification = leakCase.get().carrier().notification();
    if (notification != null) {
      Map<String, @Nullable Object> told =
          new LinkedHashMap<String, @Nullable Object>(Objects.requireNonNull(reply.notification()));
      Object token = WireJson.object(params.get("_meta")).get("progressToken");
      if (token != null) {
        told.put("progressToken", token);
      }
      messages.add(
          WireJson.write(object("jsonrpc", "2.0", "method", notification, "params", told)));
    }
    messages.add(response(id, reply));
    return messages;
  }

  private static Optional<LeakCase> asked(String method, Map<String, @Nullable Object> params) {
    return switch (method) {
      case "tools/call" ->
          LeakCase.named(
              text(params.get("name")).replaceFirst("^" + LeakCase.TOOL, ""),
              text(WireJson.object(params.get("arguments")).get("value")));
      case "resources/read" -> {
        String[] parts =
            text(params.get("uri")).replaceFirst("^" + LeakCase.RESOURCE, "").split("/", 2);
        yield parts.length < 2 ? Optional.empty() : LeakCase.named(parts[0], parts[1]);
      }
      case "prompts/get" ->
          LeakCase.named(
              Carrier.PROMPT.shown(), text(WireJson.object(params.get("arguments")).get("value")));
      case "completion/complete" ->
          LeakCase.named(
              Carrier.COMPLETION.shown(),
              text(WireJson.object(params.get("argument")).get("value")));
      default -> Optional.empty();
    };
  }

  private static Map<String, @Nullable Object> initialized(Map<String, @Nullable Object> params) {
    return object(
        "protocolVersion",
        params.get("protocolVersion") instanceof String asked ? asked : LeakTest.PROTOCOL,
        "capabilities",
        object(
            "tools", Map.of(),
            "resources", Map.of(),
            "prompts", Map.of(),
            "completions", Map.of(),
            "logging", Map.of()),
        "serverInfo",
        object("name", "leaktest-fixture", "version", "1"));
  }

  private static List<Map<String, @Nullable Object>> tools() {
    return Arrays.stream(Carrier.values())
        .filter(carrier -> carrier.door() == Carrier.Door.TOOL)
        .map(
            carrier ->
                object(
                    "name",
                    LeakCase.tool(carrier),
                    "description",
                    "Answers with a made-up value in: " + carrier.shown(),
                    "inputSchema",
                    VALUE_SCHEMA))
        .toList();
  }

  private static List<Map<String, @Nullable Object>> templates() {
    return List.of(
        object("uriTemplate", LeakCase.RESOURCE + "{carrier}/{+value}", "name", "leak_resource"));
  }

  private static List<Map<String, @Nullable Object>> prompts() {
    return List.of(
        object(
            "name",
            LeakCase.PROMPT,
            "arguments",
            List.of(object("name", "value", "required", true))));
  }

  private static String response(Object id, Reply reply) {
    return WireJson.write(
        object("jsonrpc", "2.0", "id", id, reply.isError() ? "error" : "result", reply.body()));
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }
}
