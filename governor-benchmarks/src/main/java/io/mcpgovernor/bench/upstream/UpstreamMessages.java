package io.mcpgovernor.bench.upstream;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The server's answers. One tool, {@code echo}, gives a text of as many bytes as its argument
 * {@code bytes} says; each size is prepared once. Speaks MCP up to 2025-11-25 and, to requests that
 * say so in {@code _meta}, 2026-07-28. Thread-safe.
 */
final class UpstreamMessages {
  /** The revision without sessions. */
  static final String STATELESS = "2026-07-28";

  private static final String STATEFUL = "2025-11-25";
  private static final int BYTES_MIN = 512;
  private static final int BYTES_MAX = 8 << 20;
  private static final int SIZES_MAX = 32;
  private static final int METHOD_NOT_FOUND = -32_601;
  private static final int INVALID_PARAMS = -32_602;

  private static final String SERVER = "{\"name\":\"light-upstream\",\"version\":\"1\"}";
  private static final String CACHED = "\"ttlMs\":3600000,\"cacheScope\":\"public\"";
  private static final String TOOLS =
      """
      {"resultType":"complete",%s,"tools":[{"name":"echo","description":"Orders of customers.",\
      "inputSchema":{"type":"object","properties":{"bytes":{"type":"integer"},\
      "about":{"type":"string"}},"required":["bytes"]}}]}"""
          .formatted(CACHED);
  private static final String DISCOVERED =
      """
      {"resultType":"complete",%s,"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},\
      "_meta":{"io.modelcontextprotocol/serverInfo":%s}}"""
          .formatted(CACHED, SERVER);

  private final Map<Integer, ByteBuffer> stateful = new ConcurrentHashMap<>();
  private final Map<Integer, ByteBuffer> stateless = new ConcurrentHashMap<>();

  /**
   * An answer.
   *
   * @param method that it answers
   * @param open the message up to the result, or all of it
   * @param rest the prepared result and the end of the message; the receiver may move both
   *     positions
   */
  record Answer(String method, ByteBuffer open, ByteBuffer rest) {
    int bytes() {
      return open.remaining() + rest.remaining();
    }
  }

  /** Answers a request; null for a notification and for whatever else needs no answer. */
  @Nullable Answer answer(byte[] message) {
    Map<String, @Nullable Object> members = Json.utf8(message).object();
    Object id = members.get("id");
    String method = members.get("method") instanceof String given ? given : null;
    if (id == null || method == null) {
      return null;
    }
    Map<?, ?> params = members.get("params") instanceof Map<?, ?> given ? given : Map.of();
    return switch (method) {
      case "initialize" -> result(method, id, initialized(params));
      case "server/discover" -> result(method, id, DISCOVERED);
      case "ping" -> result(method, id, "{}");
      case "tools/list" -> result(method, id, TOOLS);
      case "tools/call" -> called(method, id, params);
      default -> error(method, id, METHOD_NOT_FOUND, "not offered");
    };
  }

  private static String initialized(Map<?, ?> params) {
    boolean isKnown =
        params.get("protocolVersion") instanceof String asked && asked.compareTo(STATEFUL) < 0;
    JsonWriter version = new JsonWriter(16);
    version.value(isKnown ? (String) params.get("protocolVersion") : STATEFUL);
    return "{\"protocolVersion\":%s,\"capabilities\":{\"tools\":{}},\"serverInfo\":%s}"
        .formatted(new String(version.toByteArray(), StandardCharsets.UTF_8), SERVER);
  }

  private Answer called(String method, Object id, Map<?, ?> params) {
    Object bytes = params.get("arguments") instanceof Map<?, ?> given ? given.get("bytes") : null;
    if (!"echo".equals(params.get("name"))
        || !(bytes instanceof Number number)
        || number.longValue() < BYTES_MIN
        || number.longValue() > BYTES_MAX) {
      return error(
          method, id, INVALID_PARAMS, "echo takes bytes from " + BYTES_MIN + " to " + BYTES_MAX);
    }
    boolean isStateless =
        params.get("_meta") instanceof Map<?, ?> meta
            && STATELESS.equals(meta.get("io.modelcontextprotocol/protocolVersion"));
    Map<Integer, ByteBuffer> prepared = isStateless ? stateless : stateful;
    if (prepared.size() >= SIZES_MAX) {
      prepared.clear();
    }
    ByteBuffer result =
        prepared.computeIfAbsent(
            number.intValue(), size -> closed(OrderTexts.result(size, isStateless)));
    return new Answer(method, open(id), result.duplicate());
  }

  private static Answer result(String method, Object id, String result) {
    return new Answer(method, open(id), closed(result.getBytes(StandardCharsets.UTF_8)));
  }

  private static ByteBuffer open(Object id) {
    JsonWriter json = new JsonWriter(64);
    json.beginObject().field("jsonrpc", "2.0").name("id").value(id).name("result");
    return ByteBuffer.wrap(json.toByteArray());
  }

  /** The result and the end of the message, where sockets take it from without a copy. */
  private static ByteBuffer closed(byte[] result) {
    return ByteBuffer.allocateDirect(result.length + 1).put(result).put((byte) '}').flip();
  }

  private static Answer error(String method, Object id, int code, String text) {
    JsonWriter json = new JsonWriter(128);
    json.beginObject().field("jsonrpc", "2.0").name("id").value(id);
    json.name("error").beginObject().field("code", code).field("message", text).endObject();
    byte[] message = json.endObject().toByteArray();
    return new Answer(method, ByteBuffer.wrap(message), ByteBuffer.allocate(0));
  }
}
