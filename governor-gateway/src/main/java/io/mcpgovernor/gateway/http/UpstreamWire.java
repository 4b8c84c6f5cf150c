package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Verb;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes requests to one server. What is the same in all of them is written once. Immutable. */
final class UpstreamWire {
  private static final byte[] AUTHORIZATION = Wire.ascii("authorization: Bearer ");

  private final Map<Verb, byte[]> beginnings = new EnumMap<>(Verb.class);

  UpstreamWire(String authority, String path) {
    for (Verb verb : Verb.values()) {
      String head =
          verb
              + " "
              + path
              + " HTTP/1.1\r\nhost: "
              + authority
              + "\r\nuser-agent: mcp-governor\r\n";
      beginnings.put(verb, Wire.ascii(head + accepted(verb)));
    }
  }

  private static String accepted(Verb verb) {
    return switch (verb) {
      case POST ->
          "accept: application/json, text/event-stream\r\ncontent-type: application/json\r\n";
      case GET -> "accept: text/event-stream\r\n";
      case DELETE -> "";
    };
  }

  /** Writes a head. */
  void head(ByteBuf out, Verb verb, Headers headers, @Nullable String token, int length) {
    out.writeBytes(Objects.requireNonNull(beginnings.get(verb)));
    if (token != null) {
      out.writeBytes(AUTHORIZATION);
      out.writeCharSequence(token, StandardCharsets.ISO_8859_1);
      Wire.lineEnd(out);
    }
    PassedHeaders.writeToServer(headers, out);
    if (verb == Verb.POST) {
      Wire.contentLength(out, length);
    }
    Wire.lineEnd(out);
  }
}
