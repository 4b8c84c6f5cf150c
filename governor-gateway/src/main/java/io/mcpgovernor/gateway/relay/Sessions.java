package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that servers have opened ({@code Mcp-Session-Id}, until 2025-11-25), each for the
 * principal that asked for it and for no other: to everybody else it is not there, and the answer
 * is 404. Bounded, thread-safe.
 *
 * @param <T> what is kept with a session
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">MCP
 *     2025-11-25: session management</a>
 */
public final class Sessions<T> {
  /** Some tens of megabytes, without what is kept with them. */
  private static final int SESSIONS_MAX = 100_000;

  /** More than all clients of one user need; and all that one user can take from the others. */
  private static final int OF_ONE_MAX = 1_000;

  private record Session<T>(TableKey key, String principal, T kept, long lastUsed) {}

  private final TimeSource time;
  private final long idleNanos;
  private final int sessionsMax;
  private final int ofOneMax;
  private final Consumer<T> onEnd;

  // The one that was used longest ago first, in each.
  private final Map<TableKey, Session<T>> all = new LinkedHashMap<>();
  private final Map<String, Map<TableKey, Session<T>>> byPrincipal = new HashMap<>();

  /**
   * None yet.
   *
   * @param idle after how long a session ends that nobody uses
   * @param onEnd takes what was kept with a session that was ended here, and not by {@link #end}
   */
  public Sessions(TimeSource time, Duration idle, Consumer<T> onEnd) {
    this(time, idle, SESSIONS_MAX, OF_ONE_MAX, onEnd);
  }

  Sessions(TimeSource time, Duration idle, int sessionsMax, int ofOneMax, Consumer<T> onEnd) {
    this.time = time;
    this.idleNanos = idle.toNanos();
    this.sessionsMax = sessionsMax;
    this.ofOneMax = ofOneMax;
    this.onEnd = onEnd;
  }

  /**
   * Remembers a session. Where its principal had more than 1,000, the one of them ends that was
   * used longest ago.
   *
   * @param principal the key of whose it is
   * @param id as the server gave it
   * @param kept what is kept with it
   * @return false if the id is another principal's, or there are 100,000 sessions: then it cannot
   *     be used, and the server should be told that it has ended
   */
  public boolean open(String server, String principal, String id, T kept) {
    TableKey key = TableKey.of(server, id);
    List<T> ended = new ArrayList<>();
    boolean opened;
    synchronized (this) {
      removeIdle(ended);
      opened = add(new Session<>(key, principal, kept, time.nanos()), ended);
    }
    ended.forEach(onEnd);
    return opened;
  }

  /** What is kept with a session, which counts as its use; null if this principal has none such. */
  public @Nullable T find(String server, String principal, String id) {
    TableKey key = TableKey.of(server, id);
    List<T> ended = new ArrayList<>();
    T found = null;
    synchronized (this) {
      removeIdle(ended);
      Session<T> session = own(key, principal);
      if (session != null) {
        remove(session);
        put(new Session<>(key, principal, session.kept(), time.nanos()));
        found = session.kept();
      }
    }
    ended.forEach(onEnd);
    return found;
  }

  /** Ends a session, as DELETE does, and gives what was kept; null if there is none such. */
  public @Nullable T end(String server, String principal, String id) {
    TableKey key = TableKey.of(server, id);
    synchronized (this) {
      Session<T> session = own(key, principal);
      if (session == null) {
        return null;
      }
      remove(session);
      return session.kept();
    }
  }

  /** Ends those that nobody has used for long. To be called now and then. */
  public void endIdle() {
    List<T> ended = new ArrayList<>();
    synchronized (this) {
      removeIdle(ended);
    }
    ended.forEach(onEnd);
  }

  /** How many there are. */
  public synchronized int size() {
    return all.size();
  }

  private @Nullable Session<T> own(TableKey key, String principal) {
    Session<T> session = all.get(key);
    return session != null && session.principal().equals(principal) ? session : null;
  }

  private boolean add(Session<T> session, List<T> ended) {
    Session<T> before = all.get(session.key());
    if (before != null) {
      if (!before.principal().equals(session.principal())) {
        return false;
      }
      remove(before);
      ended.add(before.kept());
    }
    Map<TableKey, Session<T>> own = byPrincipal.getOrDefault(session.principal(), Map.of());
    if (own.size() >= ofOneMax) {
      Session<T> longestAgo = own.values().iterator().next();
      remove(longestAgo);
      ended.add(longestAgo.kept());
    }
    if (all.size() >= sessionsMax) {
      return false;
    }
    put(session);
    return true;
  }

  private void removeIdle(List<T> ended) {
    long now = time.nanos();
    while (!all.isEmpty()) {
      Session<T> longestAgo = all.values().iterator().next();
      if (now - longestAgo.lastUsed() < idleNanos) {
        return;
      }
      remove(longestAgo);
      ended.add(longestAgo.kept());
    }
  }

  private void put(Session<T> session) {
    all.put(session.key(), session);
    byPrincipal
        .computeIfAbsent(session.principal(), any -> new LinkedHashMap<>())
        .put(session.key(), session);
  }

  private void remove(Session<T> session) {
    all.remove(session.key());
    Map<TableKey, Session<T>> own = byPrincipal.get(session.principal());
    if (own != null) {
      own.remove(session.key());
      if (own.isEmpty()) {
        byPrincipal.remove(session.principal());
      }
    }
  }
}
