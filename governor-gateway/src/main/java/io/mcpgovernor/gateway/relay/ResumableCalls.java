package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.gateway.message.MessageId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls whose streams a client may ask for again, so that an answer that comes that way is
 * decided about, masked and recorded as the call's. Forgotten after ten minutes, or when there are
 * too many; whatever is not found here is treated as of unknown origin. Thread-safe.
 */
final class ResumableCalls {
  private static final int CALLS_MAX = 10_000;
  private static final long LIFE_NANOS = Duration.ofMinutes(10).toNanos();

  private record Key(String session, String principal, MessageId id) {}

  private record Kept(CallRequest call, boolean isTool, long atNanos) {}

  private final Map<Key, Kept> calls = new LinkedHashMap<>();

  /**
   * A call that is known.
   *
   * @param isTool whether it called a tool; else a method
   */
  record Known(CallRequest call, boolean isTool) {}

  /** Remembers a call. */
  synchronized void add(@Nullable String session, MessageId id, CallRequest call, boolean isTool) {
    Key key = key(session, call, id);
    calls.remove(key);
    calls.put(key, new Kept(call, isTool, System.nanoTime()));
    if (calls.size() > CALLS_MAX) {
      calls.remove(calls.keySet().iterator().next());
    }
  }

  /** The call that a client made; null if it is not known, or not this client's. */
  synchronized @Nullable Known find(@Nullable String session, Caller caller, MessageId id) {
    Kept kept = calls.get(new Key(session == null ? "" : session, caller.principal().key(), id));
    return kept == null || System.nanoTime() - kept.atNanos > LIFE_NANOS
        ? null
        : new Known(kept.call, kept.isTool);
  }

  private static Key key(@Nullable String session, CallRequest call, MessageId id) {
    String principal = call.principal() == null ? "" : call.principal().key();
    return new Key(session == null ? "" : session, principal, id);
  }
}
