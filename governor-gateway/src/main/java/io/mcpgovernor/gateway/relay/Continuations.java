package io.mcpgovernor.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.gateway.message.Message;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a server answered by asking for more. The client makes the same call again, with the
 * state the server gave it and what was asked for; the second belongs to the first, once, and need
 * not be charged again. Bounded, thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic">MCP 2026-07-28:
 *     multi-round-trip requests</a>
 */
public final class Continuations {
  /** How long a call can be continued. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  /** Some ten megabytes. What is forgotten is charged again, no more. */
  private static final int CALLS_MAX = 100_000;

  private static final byte[] NO_ARGUMENTS = {};

  private final TimeSource time;
  private final int callsMax;
  private final Map<TableKey, Long> ends = new LinkedHashMap<>(); // the oldest first

  /** None yet. */
  public Continuations(TimeSource time) {
    this(time, CALLS_MAX);
  }

  Continuations(TimeSource time, int callsMax) {
    this.time = time;
    this.callsMax = callsMax;
  }

  /**
   * Remembers that a server asked for more. Of more than 100,000, the oldest are forgotten.
   *
   * @param principal the key of who called
   * @param arguments of the call as they came; null without
   * @param requestState as the server gave it
   */
  public void asked(
      String principal, String server, String tool, @Nullable Json arguments, String requestState) {
    TableKey key = key(principal, server, tool, arguments, requestState);
    synchronized (this) {
      long now = time.nanos();
      ends.remove(key);
      ends.put(key, now + LIFE.toNanos());
      Iterator<Long> oldest = ends.values().iterator();
      while (oldest.next() - now <= 0 || ends.size() > callsMax) {
        oldest.remove();
      }
    }
  }

  /** Whether a call continues one that was remembered, which it then is no longer. */
  public boolean take(
      String principal, String server, String tool, @Nullable Json arguments, String requestState) {
    TableKey key = key(principal, server, tool, arguments, requestState);
    synchronized (this) {
      Long end = ends.remove(key);
      return end != null && end - time.nanos() > 0;
    }
  }

  /** Whether a request is made again because more was asked for. */
  public static boolean continues(Message request) {
    return request.member("requestState") != null || request.member("inputResponses") != null;
  }

  /** Whether a result asks for more, instead of being one. */
  public static boolean asksForMore(Message result) {
    return result.kind() == Message.Kind.RESULT
        && "input_required".equals(result.text("resultType"));
  }

  /** The state that a result gives, or that a request brings back; null without. */
  public static @Nullable String requestState(Message message) {
    return message.text("requestState");
  }

  private static TableKey key(
      String principal, String server, String tool, @Nullable Json arguments, String state) {
    return TableKey.of(
        principal.getBytes(UTF_8),
        server.getBytes(UTF_8),
        tool.getBytes(UTF_8),
        arguments == null ? NO_ARGUMENTS : arguments.utf8(),
        state.getBytes(UTF_8));
  }
}
