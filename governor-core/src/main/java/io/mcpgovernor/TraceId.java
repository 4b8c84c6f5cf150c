package io.mcpgovernor;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a call belongs to, as the client says in the request's {@code _meta} under {@code
 * traceparent}: only what has the form of W3C Trace Context is taken, so that nothing else can get
 * on record this way.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
final class TraceId {
  private static final String NAME = "traceparent";
  private static final Pattern TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
  private static final String NO_TRACE = "0".repeat(32);
  private static final String NO_SPAN = "0".repeat(16);

  /** No version is known that is longer, and none may be without bound. */
  private static final int CHARS_MAX = 256;

  private TraceId() {}

  /** 32 hexadecimal digits, or null where there is no valid {@code traceparent}. */
  static @Nullable String of(Json meta) {
    Object named;
    try {
      named = meta.tree() instanceof Map<?, ?> members ? members.get(NAME) : null;
    } catch (MalformedJsonException e) {
      return null;
    }
    if (!(named instanceof String text) || text.length() > CHARS_MAX) {
      return null;
    }
    Matcher parts = TRACEPARENT.matcher(text);
    return parts.matches() && !NO_TRACE.equals(parts.group(1)) && !NO_SPAN.equals(parts.group(2))
        ? parts.group(1)
        : null;
  }
}
