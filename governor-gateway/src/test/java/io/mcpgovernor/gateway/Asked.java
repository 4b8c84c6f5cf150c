package io.mcpgovernor.gateway;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that has reached a {@link ScriptedServer}, and the way back: over HTTP or on a line.
 */
abstract class Asked {
  private final String verb;
  private final String head;
  private final String body;

  Asked(String verb, String head, String body) {
    this.verb = verb;
    this.head = head;
    this.body = body;
  }

  /** {@code POST}, {@code GET} or {@code DELETE}; a line is a {@code POST}. */
  String verb() {
    return verb;
  }

  /** The request's head, with names of headers as they came. */
  String head() {
    return head;
  }

  String body() {
    return body;
  }

  Map<String, @Nullable Object> message() {
    return body.isEmpty() ? Map.of() : Json.text(body).object();
  }

  /** Empty for what is no request and no notification. */
  String method() {
    Object method = message().get("method");
    return method == null ? "" : method.toString();
  }

  boolean isRequest() {
    return message().get("id") != null && !method().isEmpty();
  }

  /** The id as JSON. */
  String id() {
    return new String(Json.of(message().get("id")).utf8(), StandardCharsets.UTF_8);
  }

  /** Says nothing more than that it was received. */
  abstract void accepted() throws IOException;

  /** Answers with a whole message, in a body or as what ends the stream. */
  abstract void answer(String message) throws IOException;

  /** Says something before the answer, which makes it a stream. */
  abstract void say(String message) throws IOException;

  /** The same, with the event's id; a line has none. */
  abstract void say(String eventId, String message) throws IOException;

  /** Ends the stream without an answer. */
  abstract void endStream() throws IOException;

  /** Writes whatever it is. */
  abstract void raw(String text) throws IOException;

  /** Closes the connection, or ends the process. */
  abstract void close() throws IOException;

  /** Returns when the other side has closed the connection. */
  abstract void awaitClose() throws IOException;

  void result(String result) throws IOException {
    answer("{\"jsonrpc\":\"2.0\",\"id\":" + id() + ",\"result\":" + result + "}");
  }

  void error(int code, String message, String data) throws IOException {
    answer(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id()
            + ",\"error\":{\"code\":"
            + code
            + ",\"message\":\""
            + message
            + "\",\"data\":"
            + data
            + "}}");
  }

  void text(String text) throws IOException {
    result("{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
  }
}
