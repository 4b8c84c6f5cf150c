package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.message.SseEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Clients that listen to what a server says unasked, one stream each. Thread-safe. */
final class Listeners {
  private static final int CONFLICT = 409;

  /** What a server says before its first client listens: a few lines, at its start. */
  private static final int EARLY_MAX = 32;

  private final ChildFailures failures;
  private final Duration readWait;
  private final Map<String, ChildReply> all = new ConcurrentHashMap<>();
  private final List<SseEvent> early = new ArrayList<>();
  private boolean keepsEarly;

  Listeners(ChildFailures failures, Duration readWait, boolean keepsEarly) {
    this.failures = failures;
    this.readWait = readWait;
    this.keepsEarly = keepsEarly;
  }

  /** Listens; a client that does already is refused, as every message goes to one stream. */
  ChildReply listen(String client) {
    ChildReply[] self = new ChildReply[1];
    ChildReply reply = new ChildReply(200, failures, null, () -> all.remove(client, self[0]));
    self[0] = reply.asStream();
    synchronized (early) {
      if (all.putIfAbsent(client, reply) != null) {
        return ChildReply.empty(CONFLICT, failures);
      }
      keepsEarly = false;
      early.forEach(event -> reply.add(event, false, Duration.ZERO));
      early.clear();
    }
    return reply;
  }

  /** Tells everybody who listens; false if nobody does. */
  boolean tellAll(SseEvent event) {
    boolean told = false;
    for (Iterator<ChildReply> each = all.values().iterator(); each.hasNext(); ) {
      if (each.next().add(event, false, readWait)) {
        told = true;
      } else {
        each.remove();
      }
    }
    return told;
  }

  /** Keeps something for the first who listens; false if it is too late or too much. */
  boolean keep(SseEvent event) {
    synchronized (early) {
      if (keepsEarly) {
        return early.size() < EARLY_MAX && early.add(event);
      }
    }
    return tellAll(event); // somebody may have begun to listen since it was last tried
  }

  void forget(String client) {
    ChildReply reply = all.remove(client);
    if (reply != null) {
      reply.complete();
    }
  }

  boolean isOne(String client) {
    return all.containsKey(client);
  }

  boolean isAny() {
    return !all.isEmpty();
  }

  void end() {
    all.values().forEach(ChildReply::complete);
    all.clear();
  }
}
