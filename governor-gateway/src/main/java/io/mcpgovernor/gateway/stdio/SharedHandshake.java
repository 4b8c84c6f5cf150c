package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.message.MessageId;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.Verb;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Initialises a process that all sessions share, once, without any capability of a client's; every
 * client that initialises hears what the process answered. Thread-safe.
 */
final class SharedHandshake {
  private static final MessageBounds BOUNDS = new MessageBounds(16 << 20, 256);

  /** The last revision that has sessions; a server that does not know it answers with its own. */
  private static final String REVISION = "2025-11-25";

  private static final Json HELLO =
      Json.of(
          Map.of(
              "protocolVersion",
              REVISION,
              "capabilities",
              Map.of(),
              "clientInfo",
              Map.of("name", "mcp-governor", "version", "0.1.0")));

  private final ChildFailures failures;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ChildUpstream initialized;
  private @Nullable Message answer;

  SharedHandshake(ChildFailures failures) {
    this.failures = failures;
  }

  /** The answer to a client's {@code initialize}. */
  byte[] answer(ChildUpstream child, Message initialize, UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    lock.lock();
    try {
      Message known = answer;
      if (known == null || initialized == null || !initialized.equals(child)) {
        known = initialize(child, request);
        answer = known;
        initialized = child;
      }
      MessageId id = initialize.id();
      return (id == null ? known : known.withId(id)).utf8();
    } finally {
      lock.unlock();
    }
  }

  private Message initialize(ChildUpstream child, UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    Message said = null;
    Message hello = Message.request(MessageId.of("gateway"), "initialize", HELLO);
    try (UpstreamReply reply = child.send(own(hello, request), ChildUpstream.GATEWAY)) {
      for (SseEvent event = reply.next(); event != null; event = reply.next()) {
        said = Message.ofServer(event.data(), BOUNDS);
      }
    } catch (MalformedMessageException e) {
      throw failures.unreadable();
    }
    if (said == null || said.kind() != Message.Kind.RESULT) {
      throw failures.notInitialized();
    }
    Message done = Message.notification("notifications/initialized", Json.EMPTY_OBJECT);
    child.send(own(done, request), ChildUpstream.GATEWAY).close();
    return said;
  }

  private static UpstreamRequest own(Message message, UpstreamRequest request) {
    return new UpstreamRequest(
        Verb.POST, Headers.NONE, message, request.caller(), request.patience());
  }
}
