package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one server, each for the principal that opened it: to everybody else it is not
 * there. Where one ends here before its client ends it, the server is told. Thread-safe.
 */
final class OpenSessions {
  /** Servers end theirs long before; this is what is forgotten of those that do not say so. */
  private static final Duration IDLE = Duration.ofHours(24);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int OF_ONE_MAX = 1_000;
  private static final int NOT_FOUND = 404;

  private final String server;
  private final Upstream upstream;
  private final Sessions<UpstreamRequest> sessions;

  OpenSessions(String server, Upstream upstream, int sessionsMax) {
    this.server = server;
    this.upstream = upstream;
    this.sessions =
        new Sessions<>(
            TimeSource.SYSTEM, IDLE, sessionsMax, Math.min(OF_ONE_MAX, sessionsMax), this::tell);
  }

  /** How many there are. */
  int size() {
    return sessions.size();
  }

  /** Whether an exchange is of no session, or of one of the caller's own. */
  boolean isOwn(ClientExchange exchange, Caller caller) {
    String id = exchange.headers().get(Headers.SESSION);
    return id == null || sessions.find(server, caller.principal().key(), id) != null;
  }

  /**
   * Takes note of a session that a server opened.
   *
   * @return false if there are too many: the server is told to end it
   */
  boolean opened(String id, Caller caller) {
    UpstreamRequest end =
        new UpstreamRequest(
            Verb.DELETE, Headers.NONE.with(Headers.SESSION, id), null, caller, PATIENCE);
    if (sessions.open(server, caller.principal().key(), id, end)) {
      return true;
    }
    tell(end);
    return false;
  }

  /** Takes note of how a server answered in a session: with 404 if there is none any more. */
  void answered(@Nullable String id, int status, Caller caller) {
    if (id != null && status == NOT_FOUND) {
      sessions.end(server, caller.principal().key(), id);
    }
  }

  /** Takes note that a client ended its session. */
  void ended(@Nullable String id, Caller caller) {
    if (id != null) {
      sessions.end(server, caller.principal().key(), id);
    }
  }

  private void tell(UpstreamRequest end) {
    Thread.startVirtualThread(
        () -> {
          try {
            upstream.send(end).close();
          } catch (UpstreamException e) {
            // It will find out by itself.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
