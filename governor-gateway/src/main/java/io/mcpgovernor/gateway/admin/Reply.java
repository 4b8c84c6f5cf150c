package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWritable;
import io.mcpgovernor.call.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the admin listener.
 *
 * @param status of HTTP
 * @param headers with the type of the body
 * @param body what is sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> headers, byte[] body) {
  private static final String TYPE = "Content-Type";
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"));

  static Reply json(int status, JsonWritable body) {
    return new Reply(status, Map.of(TYPE, "application/json"), JsonWriter.bytes(body));
  }

  static Reply of(String type, byte[] body) {
    return new Reply(200, Map.of(TYPE, type), body);
  }

  static Reply text(String type, String body) {
    return of(type, body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An error.
   *
   * @param detail a sentence for the person who must act
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457: problem details</a>
   */
  static Reply problem(int status, String detail) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", TITLES.getOrDefault(status, "Error"));
    problem.put("status", status);
    problem.put("detail", detail);
    return new Reply(
        status, Map.of(TYPE, "application/problem+json"), JsonWriter.bytes(Json.of(problem)));
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }
}
