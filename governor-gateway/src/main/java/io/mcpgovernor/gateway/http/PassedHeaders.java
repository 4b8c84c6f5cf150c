package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers that pass the gateway: those that MCP speaks of and no other, so that neither
 * credentials nor cookies nor whatever a proxy understands get from one side to the other.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports">MCP:
 *     transports</a>
 */
final class PassedHeaders {
  private static final Set<String> TO_SERVER =
      Set.of(Headers.SESSION, Headers.PROTOCOL, Headers.METHOD, Headers.NAME, Headers.LAST_EVENT);
  private static final Set<String> READ =
      Set.of(
          Headers.SESSION,
          Headers.PROTOCOL,
          Headers.METHOD,
          Headers.NAME,
          Headers.LAST_EVENT,
          Headers.CONTENT_TYPE,
          Headers.ACCEPT);
  private static final Set<String> TO_CLIENT =
      Set.of(
          Headers.SESSION,
          Headers.PROTOCOL,
          Headers.METHOD,
          Headers.NAME,
          Headers.CONTENT_TYPE,
          "allow",
          "retry-after",
          "www-authenticate");

  private PassedHeaders() {}

  /** Those of a message that was read. */
  static Headers of(HttpHeaders headers) {
    Map<String, String> passed = new HashMap<>();
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = all.next();
      String name = passed(header.getKey());
      if (name != null) {
        passed.merge(name, header.getValue().toString(), (first, next) -> first + ", " + next);
      }
    }
    return new Headers(passed);
  }

  /** A header of MCP that is there twice, which two readers could understand differently. */
  static @Nullable String repeated(HttpHeaders headers) {
    for (String name : TO_SERVER) {
      if (headers.getAll(name).size() > 1) {
        return name;
      }
    }
    return null;
  }

  private static @Nullable String passed(CharSequence name) {
    // Names are of few lengths; most headers need no string.
    int length = name.length();
    char first = length == 0 ? ' ' : (char) (name.charAt(0) | 0x20);
    if (first != 'm' && first != 'l' && first != 'c' && first != 'a') {
      return null;
    }
    String lower = name.toString().toLowerCase(Locale.ROOT);
    return READ.contains(lower) || isParameter(lower) ? lower : null;
  }

  private static boolean isParameter(String lower) {
    return lower.startsWith(Headers.PARAM_PREFIX);
  }

  /** Writes those that a server gets. */
  static void writeToServer(Headers headers, ByteBuf out) {
    headers
        .all()
        .forEach(
            (name, value) -> {
              if (TO_SERVER.contains(name) || isParameter(name)) {
                Wire.header(out, name, value);
              }
            });
  }

  /** Writes those that a client gets. */
  static void writeToClient(Headers headers, ByteBuf out) {
    headers.all().forEach((name, value) -> writeToClient(name, value, out));
  }

  /** Writes one if a client gets it. */
  static void writeToClient(String name, String value, ByteBuf out) {
    if (TO_CLIENT.contains(name) || isParameter(name)) {
      Wire.header(out, name, value);
    }
  }

  /**
   * Refuses values that would be two headers.
   *
   * @throws IllegalArgumentException if there is one
   */
  static void check(Headers headers) {
    headers
        .all()
        .forEach(
            (name, value) -> {
              if (!Wire.isHeaderValue(value)) {
                throw new IllegalArgumentException("the value of " + name + " cannot be sent");
              }
            });
  }
}
