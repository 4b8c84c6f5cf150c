package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.call.JsonWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one client, ready to be sent: those of a session begin once, {@code tools/call}
 * is prepared and only its id is written anew. Not thread-safe.
 */
final class CallTemplate {
  /** The revision without sessions: each request says what an {@code initialize} said before. */
  static final String STATELESS = "2026-07-28";

  private static final String NO_ID = "0000000000";
  private static final long FIRST_ID = 1_000_000_000L; // as many digits for all that follow

  private final URI uri;
  private final String protocol;
  private final String headers;
  private @Nullable String session;

  private ByteBuffer call = ByteBuffer.allocate(0);
  private int idAt;
  private long id = FIRST_ID;

  /**
   * Those of a client.
   *
   * @param headers sent with each, each with its line's end
   */
  CallTemplate(URI uri, String protocol, String headers) {
    this.uri = uri;
    this.protocol = protocol;
    this.headers = headers;
  }

  boolean isStateless() {
    return protocol.equals(STATELESS);
  }

  /** The session that the server gave; null if it has none. */
  void session(@Nullable String given) {
    session = given;
  }

  boolean hasSession() {
    return session != null;
  }

  byte[] initialize() {
    return post(
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s",\
        "capabilities":{},"clientInfo":{"name":"governor-bench","version":"1"}}}"""
            .formatted(protocol),
        "");
  }

  byte[] initialized() {
    return post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", head());
  }

  byte[] stream() {
    return bytes(
        "GET "
            + target()
            + " HTTP/1.1\r\nHost: "
            + uri.getAuthority()
            + "\r\nAccept:"
            + " text/event-stream\r\n"
            + headers
            + head()
            + "\r\n");
  }

  byte[] delete() {
    return bytes(
        "DELETE "
            + target()
            + " HTTP/1.1\r\nHost: "
            + uri.getAuthority()
            + "\r\n"
            + headers
            + head()
            + "\r\n");
  }

  /** From now on calls ask for results with a text of so many bytes. */
  void prepare(int bytes) {
    JsonWriter json = new JsonWriter(512);
    json.beginObject().field("jsonrpc", "2.0").name("id").raw(bytes(NO_ID), 0, NO_ID.length());
    json.field("method", "tools/call").name("params").beginObject();
    if (isStateless()) {
      json.name("_meta")
          .beginObject()
          .field("io.modelcontextprotocol/protocolVersion", protocol)
          .name("io.modelcontextprotocol/clientCapabilities")
          .beginObject()
          .endObject()
          .endObject();
    }
    json.field("name", "echo")
        .name("arguments")
        .beginObject()
        .field("bytes", bytes)
        .field("about", "orders of the last thirty days that are not delivered yet")
        .endObject()
        .endObject()
        .endObject();
    String routed = isStateless() ? "Mcp-Method: tools/call\r\nMcp-Name: echo\r\n" : "";
    String body = new String(json.toByteArray(), StandardCharsets.UTF_8);
    byte[] request = post(body, head() + routed);
    call = ByteBuffer.allocateDirect(request.length).put(request).flip();
    idAt = request.length - body.length() + body.indexOf(NO_ID);
  }

  /** The next call; its receiver may move the position. */
  ByteBuffer nextCall() {
    long rest = id++;
    for (int digit = NO_ID.length() - 1; digit >= 0; digit--) {
      call.put(idAt + digit, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    return call.duplicate();
  }

  private String head() {
    return "MCP-Protocol-Version: "
        + protocol
        + "\r\n"
        + (session == null ? "" : "Mcp-Session-Id: " + session + "\r\n");
  }

  private byte[] post(String body, String head) {
    return bytes(
        "POST "
            + target()
            + " HTTP/1.1\r\nHost: "
            + uri.getAuthority()
            + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
            + headers
            + head
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private String target() {
    return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  /** All of it is ASCII. */
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
