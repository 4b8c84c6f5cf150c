package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.message.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The requests that a process has not answered yet, oldest first. Thread-safe. */
final class InFlight {
  private final Map<MessageId, Asked> all = new LinkedHashMap<>();

  /** Adds one; false if there is one of this id. */
  synchronized boolean add(Asked asked) {
    return all.putIfAbsent(asked.wireId(), asked) == null;
  }

  synchronized @Nullable Asked remove(MessageId wireId) {
    return all.remove(wireId);
  }

  synchronized boolean remove(Asked asked) {
    return all.remove(asked.wireId(), asked);
  }

  synchronized @Nullable Asked get(@Nullable MessageId wireId) {
    return wireId == null ? null : all.get(wireId);
  }

  /** A client's request by the id it knows it under. */
  synchronized @Nullable Asked of(String client, MessageId id) {
    return newest(each -> each.client().equals(client) && each.id().equals(id));
  }

  /** A client's own request by the token it chose. */
  synchronized @Nullable Asked byToken(MessageId token) {
    return newest(each -> token.equals(WireIds.id(each.token())));
  }

  /** Whether any is this client's. */
  synchronized boolean isOf(String client) {
    return newest(each -> each.client().equals(client)) != null;
  }

  /** The only one that is no subscription; null if there are more or none. */
  synchronized @Nullable Asked only() {
    Asked found = null;
    for (Asked each : all.values()) {
      if (!each.listens()) {
        if (found != null) {
          return null;
        }
        found = each;
      }
    }
    return found;
  }

  /** The newest that is no subscription. */
  synchronized @Nullable Asked newest() {
    return newest(each -> !each.listens());
  }

  private @Nullable Asked newest(Predicate<Asked> which) {
    Asked found = null;
    for (Asked each : all.values()) {
      found = which.test(each) ? each : found;
    }
    return found;
  }

  synchronized int size() {
    return all.size();
  }

  /** Takes all out. */
  synchronized List<Asked> drain() {
    List<Asked> taken = new ArrayList<>(all.values());
    all.clear();
    return taken;
  }
}
