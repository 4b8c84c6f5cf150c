package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.relay.UpstreamException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The sessions of a server whose processes still run. Thread-safe. */
final class SessionTable {
  private final ChildrenOptions options;
  private final ChildFailures failures;
  private final LongSupplier nanos;
  private final Map<String, ChildSession> all = new ConcurrentHashMap<>();

  SessionTable(ChildrenOptions options, ChildFailures failures, LongSupplier nanos) {
    this.options = options;
    this.failures = failures;
    this.nanos = nanos;
  }

  ChildSession open(String principal, RunningChild child) throws UpstreamException {
    if (all.size() >= options.sessionsMax()) {
      throw failures.tooManySessions(options.sessionsMax());
    }
    ChildSession session = new ChildSession(principal, child, nanos);
    all.put(session.id(), session);
    return session;
  }

  /** A principal's session; null if it has none of this id, or its process has ended. */
  @Nullable ChildSession find(String id, String principal) {
    ChildSession session = all.get(id);
    if (session == null || !session.isOf(principal)) {
      return null;
    }
    if (session.child().hasEnded()) {
      all.remove(id);
      return null;
    }
    session.use();
    return session;
  }

  void end(ChildSession session) {
    if (all.remove(session.id()) != null) {
      leave(session);
    }
  }

  /**
   * Ends the session of a principal that was used longest ago, if there is one in which nothing is
   * asked and nobody listens: its client has most likely gone without a word. One that has not is
   * answered with 404 and opens another.
   */
  void endLongestUnused(String principal) {
    all.values().stream()
        .filter(session -> session.isOf(principal) && session.child().isIdle())
        .min(Comparator.comparingLong(ChildSession::usedAt))
        .filter(session -> all.remove(session.id()) != null)
        .ifPresent(session -> session.child().endNow());
  }

  private void leave(ChildSession session) {
    if (options.isShared()) {
      session.child().upstream().conversation().forget(session.id());
    } else {
      session.child().end();
    }
  }

  /** Ends sessions that nobody used for long, or whose processes have ended. */
  void sweep() {
    for (ChildSession session : all.values()) {
      boolean isIdle =
          session.isUnusedFor(options.idle().toNanos())
              && (options.isShared()
                  ? !session.child().upstream().conversation().isUsedBy(session.id())
                  : session.child().isIdle());
      if (isIdle || session.child().hasEnded()) {
        end(session);
      }
    }
  }
}
