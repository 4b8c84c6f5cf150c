package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.UpstreamException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server: the one used last is used next, so that those too many grow old
 * and are closed. How many there are at once is bounded by the requests at once. Thread-safe.
 */
final class UpstreamPool {
  private final UpstreamTarget target;
  private final ConcurrentLinkedDeque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
  private final Set<UpstreamConnection> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  UpstreamPool(UpstreamTarget target) {
    this.target = target;
  }

  /** A connection of ours alone: one that is open and idle, or else a new one. */
  UpstreamConnection take() throws UpstreamException, InterruptedException {
    UpstreamConnection pooled = pollIdle();
    if (pooled != null) {
      return pooled;
    }
    UpstreamConnection connection = target.connect(this);
    all.add(connection);
    if (closed) {
      connection.close();
      throw UpstreamFailures.closed();
    }
    if (connection.isClosed()) {
      all.remove(connection);
    }
    return connection;
  }

  private @Nullable UpstreamConnection pollIdle() {
    for (UpstreamConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
      if (last.claim()) {
        return last;
      }
    }
    return null;
  }

  /** Called by a connection that is open and has nothing to do. */
  void idle(UpstreamConnection connection) {
    idle.addLast(connection);
  }

  /** Called by a connection that is closed. */
  void closed(UpstreamConnection connection) {
    all.remove(connection);
    idle.remove(connection);
  }

  void close() {
    closed = true;
    all.forEach(UpstreamConnection::close);
  }
}
