package io.mcpgovernor.gateway.relay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of headers that repeat a part of a message: as they are, or, where a header cannot hold
 * them, {@code =?base64?...?=}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports">MCP
 *     2026-07-28: value encoding</a>
 */
final class HeaderValue {
  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private static final Pattern BASE64 =
      Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

  private HeaderValue() {}

  /** A header's value without the blanks and tabs around it; null without. */
  static @Nullable String of(Headers headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      return null;
    }
    int from = 0;
    int to = value.length();
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  /** What a value says; null if it says to be Base64 and is none, or is no UTF-8. */
  static @Nullable String decoded(String value) {
    if (value.length() < PREFIX.length() + SUFFIX.length()
        || !value.startsWith(PREFIX)
        || !value.endsWith(SUFFIX)) {
      return value;
    }
    String base64 = value.substring(PREFIX.length(), value.length() - SUFFIX.length());
    if (!BASE64.matcher(base64).matches()) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
