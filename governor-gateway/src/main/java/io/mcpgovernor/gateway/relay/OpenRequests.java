package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.MessageId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that wait for their server's answer, so that a client can cancel its own. As large
 * as the number of exchanges. Thread-safe.
 */
final class OpenRequests {
  /** A client's request: ids are unique within a session only. */
  private record Key(String session, String principal, MessageId id) {}

  private final Map<Key, Conversation> open = new ConcurrentHashMap<>();

  private static Key key(Incoming request, MessageId id) {
    String session = request.session();
    return new Key(session == null ? "" : session, request.principal().key(), id);
  }

  /** Says that a request waits; false if another with its id does. */
  boolean add(Incoming request, Conversation conversation) {
    // Without sessions, clients of one user may use the same ids; each has a connection of its own.
    return open.putIfAbsent(key(request, request.id()), conversation) == null
        || request.isStateless();
  }

  /** Says that it waits no more. */
  void remove(Incoming request, Conversation conversation) {
    open.remove(key(request, request.id()), conversation);
  }

  /** Ends the request that a client cancels, if it is its own and still waits. */
  void cancel(Incoming notification, MessageId id) {
    Conversation conversation = open.get(key(notification, id));
    if (conversation != null) {
      conversation.cancel();
    }
  }
}
