package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import io.mcpgovernor.gateway.message.MessageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is passed on without being governed: handshakes, pings, subscriptions, notifications, and
 * the client's answers to what the server asked. What the server says is masked. Thread-safe.
 */
final class Passing {
  /** The error of a request whose parameters make no sense. */
  static final int INVALID_PARAMS = -32_602;

  /** The error of a request that is none. */
  static final int INVALID_REQUEST = -32_600;

  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final String LISTEN = "subscriptions/listen";
  private static final String NOTIFICATIONS = "notifications/";
  private static final String CANCELLED = "notifications/cancelled";

  private final Route route;
  private final OpenRequests open;

  Passing(Route route, OpenRequests open) {
    this.route = route;
    this.open = open;
  }

  /** Passes a request on, and its answer back. */
  void ask(Incoming request) throws IOException, UpstreamException, InterruptedException {
    boolean listens = request.message().method().equals(LISTEN);
    Outlet outlet = new Outlet(request.exchange());
    if (request.message().method().equals(Methods.INITIALIZE)) {
      outlet.opensSession(id -> route.sessions().opened(id, request.caller()));
    }
    if (listens) {
      outlet.opensAtOnce();
    }
    UnaryOperator<Json> mask = route.maskOf(MethodTools.MESSAGES);
    Duration patience = listens ? FOR_EVER : route.options().patience();
    try (Conversation conversation = route.conversation()) {
      request.exchange().onGone(conversation::close);
      Answer answer = conversation.ask(request.toServer(patience), outlet, mask);
      if (answer == null) {
        outlet.end();
      } else {
        outlet.answer(answer.event(), masked(answer.message(), mask));
      }
    } catch (UpstreamException e) {
      if (!outlet.breaksOff(request, e)) {
        throw e;
      }
    }
  }

  /** Passes on what wants no answer. */
  void tell(Incoming incoming) throws IOException, UpstreamException, InterruptedException {
    Message message = incoming.message();
    if (message.kind() == Kind.NOTIFICATION && !message.method().startsWith(NOTIFICATIONS)) {
      // A request that only lacks its id: a server may do it all the same, and nobody governed it.
      Outlet.refuse(
          incoming.exchange(),
          400,
          Message.error(
              null,
              INVALID_REQUEST,
              "The message has no \"id\" and its method is none of a notification's.",
              null));
      return;
    }
    try (UpstreamReply reply = route.send(incoming.toServer(route.options().patience()))) {
      MessageId cancelled = cancelled(message);
      if (cancelled != null) {
        open.cancel(incoming, cancelled);
      }
      Outlet outlet = new Outlet(incoming.exchange());
      outlet.like(reply);
      outlet.end();
    }
  }

  private static @Nullable MessageId cancelled(Message message) {
    Json id = message.method().equals(CANCELLED) ? message.member("requestId") : null;
    if (id == null) {
      return null;
    }
    return id.tree() instanceof String name
        ? MessageId.of(name)
        : new MessageId(new String(id.utf8(), StandardCharsets.UTF_8));
  }

  /** An answer with what it says masked. */
  static Message masked(Message answer, UnaryOperator<Json> mask) {
    Json body = answer.body();
    if (body == null) {
      return answer;
    }
    Json masked = mask.apply(body);
    return masked == body ? answer : answer.withBody(masked);
  }
}
