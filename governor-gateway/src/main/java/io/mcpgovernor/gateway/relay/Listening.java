package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import io.mcpgovernor.gateway.message.MessageId;
import io.mcpgovernor.gateway.message.SseEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client of a session does without a message: it listens to what the server says unasked,
 * asks for a stream that broke, ends its session. Thread-safe.
 */
final class Listening {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Route route;
  private final ResumableCalls resumable;

  Listening(Route route, ResumableCalls resumable) {
    this.route = route;
    this.resumable = resumable;
  }

  /** Passes a stream on, event by event. */
  void listen(ClientExchange exchange, Caller caller)
      throws IOException, UpstreamException, InterruptedException {
    UnaryOperator<Json> mask = route.maskOf(MethodTools.MESSAGES);
    try (UpstreamReply reply =
        route.send(new UpstreamRequest(Verb.GET, exchange.headers(), null, caller, FOR_EVER))) {
      exchange.onGone(reply::close);
      Outlet outlet = new Outlet(exchange);
      outlet.like(reply);
      if (!reply.isStream()) {
        outlet.end(); // it says that it has none; what it says besides is not ours to vouch for
        return;
      }
      outlet.open();
      for (SseEvent event = reply.next(); event != null; event = reply.next()) {
        SseEvent shown = shown(event, exchange, caller, mask);
        if (shown != null) {
          outlet.pass(shown);
        }
      }
      outlet.end();
    }
  }

  /** Ends a session. */
  void end(ClientExchange exchange, Caller caller)
      throws IOException, UpstreamException, InterruptedException {
    try (UpstreamReply reply =
        route.send(
            new UpstreamRequest(
                Verb.DELETE, exchange.headers(), null, caller, route.options().patience()))) {
      if (reply.status() < 300) {
        route.sessions().ended(exchange.headers().get(Headers.SESSION), caller);
      }
      Outlet.refuse(exchange, reply.status(), null);
    }
  }

  private @Nullable SseEvent shown(
      SseEvent event, ClientExchange exchange, Caller caller, UnaryOperator<Json> mask) {
    if (event.data().length == 0) {
      return event;
    }
    Message message;
    try {
      message = Message.ofServer(event.data(), route.options().server());
    } catch (MalformedMessageException e) {
      LOG.warn("A message of server {} cannot be read; it is not passed on.", route.server());
      return null;
    }
    MessageId id = message.id();
    if (message.kind() == Kind.RESULT || message.kind() == Kind.ERROR) {
      return id == null ? null : event.withData(replayed(id, message, exchange, caller).utf8());
    }
    String task = TaskOwners.about(message);
    if (task != null
        && route.tasks().find(route.server(), task, caller.principal().key()) == null) {
      return null; // another principal's, where a server's process is shared
    }
    route.heard(message);
    return Conversation.masked(event, message, mask);
  }

  /** An answer that comes again, or another way than it was asked for: as the call's, governed. */
  private Message replayed(MessageId id, Message message, ClientExchange exchange, Caller caller) {
    ResumableCalls.Known known =
        resumable.find(exchange.headers().get(Headers.SESSION), caller, id);
    CallRequest call =
        known != null
            ? known.call()
            : CallRequest.of(
                route.server(),
                route.methods().tool(MethodTools.REPLAYED),
                Json.of(Map.of("request", id.json())),
                caller.principal());
    Json body = message.body() == null ? Json.NULL : message.body();
    CallOutcome outcome =
        route
            .governor()
            .callHere(
                call.continuing(),
                allowed ->
                    CompletableFuture.completedFuture(
                        new ToolResult(body, ServerCall.isError(message))));
    if (outcome instanceof Released released) {
      return released.result() == body ? message : message.withBody(released.result());
    }
    return known != null && known.isTool()
        ? Denials.toolResult(id, ((Refused) outcome).denial(), false)
        : Denials.error(id, ((Refused) outcome).denial());
  }
}
