package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.message.MessageId;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Cancellations that came before the request they are about: it was still being decided on or put
 * on record. Kept for some seconds, in which the request arrives or never will. Thread-safe.
 */
final class EarlyCancels {
  private static final int KEPT_MAX = 32;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Cancel(String client, MessageId id, long at) {}

  private final ArrayDeque<Cancel> kept = new ArrayDeque<>();

  synchronized void add(String client, MessageId id) {
    if (kept.size() == KEPT_MAX) {
      kept.removeFirst();
    }
    kept.add(new Cancel(client, id, System.nanoTime()));
  }

  /** Whether this request was cancelled before; it is asked once. */
  synchronized boolean take(String client, MessageId id) {
    long now = System.nanoTime();
    for (Iterator<Cancel> all = kept.iterator(); all.hasNext(); ) {
      Cancel each = all.next();
      if (now - each.at() > KEPT_NANOS) {
        all.remove();
      } else if (each.client().equals(client) && each.id().equals(id)) {
        all.remove();
        return true;
      }
    }
    return false;
  }
}
