package io.mcpgovernor.gateway.relay;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP headers that MCP speaks of; none where there is no HTTP. Names are in lower case.
 * Immutable.
 *
 * @param all values by names
 */
public record Headers(Map<String, String> all) {
  /** The session a message belongs to, until 2025-11-25. */
  public static final String SESSION = "mcp-session-id";

  /** The revision a message is written in. */
  public static final String PROTOCOL = "mcp-protocol-version";

  /** The method of the message, from 2026-07-28 on. */
  public static final String METHOD = "mcp-method";

  /** What the method is about, from 2026-07-28 on. */
  public static final String NAME = "mcp-name";

  /** Where names of headers begin that repeat a parameter, from 2026-07-28 on. */
  public static final String PARAM_PREFIX = "mcp-param-";

  /** The last event a client has seen of a stream that broke. */
  public static final String LAST_EVENT = "last-event-id";

  /** What a body is. */
  public static final String CONTENT_TYPE = "content-type";

  /** What bodies a client takes. */
  public static final String ACCEPT = "accept";

  /** None. */
  public static final Headers NONE = new Headers(Map.of());

  /** Copies, with names in lower case. */
  public Headers {
    Map<String, String> lower = new LinkedHashMap<>();
    all.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    all = Map.copyOf(lower);
  }

  /** A header's value; null without. */
  public @Nullable String get(String name) {
    return all.get(name);
  }

  /** These and one more, or that one changed. */
  public Headers with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(all);
    more.put(name, value);
    return new Headers(more);
  }
}
