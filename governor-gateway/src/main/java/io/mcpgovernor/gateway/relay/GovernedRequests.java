package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.UnreachableToolException;
import io.mcpgovernor.config.ResultSchema;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests that go through all steps of the engine: calls of tools, and the methods that are
 * governed like tools. Thread-safe.
 */
final class GovernedRequests {
  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(5);
  private static final Duration AS_LONG_AS_IT_MAY =
      Duration.ofDays(2); // the engine's time-out ends it

  private final Route route;
  private final OpenRequests open;
  private final ResumableCalls resumable;

  GovernedRequests(Route route, OpenRequests open, ResumableCalls resumable) {
    this.route = route;
    this.open = open;
    this.resumable = resumable;
  }

  /** {@code tools/call}. */
  void call(Incoming request) throws IOException, InterruptedException {
    String name = request.message().text("name");
    if (name == null) {
      refuse(request, "The call names no tool; params.name must be a string.");
      return;
    }
    UpstreamException unlisted = route.listing().lookFor(name, request);
    if (unlisted != null) {
      unreachable(request, name, unlisted);
      return;
    }
    Json arguments = request.param("arguments", Json.NULL);
    CallRequest call =
        new CallRequest(
            route.server(),
            MethodTools.called(name),
            arguments,
            request.param("_meta", Json.EMPTY_OBJECT),
            request.principal(),
            request.protocol());
    govern(request, call, arguments);
  }

  /** A call of a tool of which nobody can say whether the server has it: on record, like any. */
  private void unreachable(Incoming request, String name, UpstreamException e) throws IOException {
    CallRequest call =
        new CallRequest(
            route.server(),
            route.methods().tool(Methods.CALL),
            Json.of(Map.of("name", name)),
            request.param("_meta", Json.EMPTY_OBJECT),
            request.principal(),
            request.protocol());
    CallOutcome outcome =
        route
            .governor()
            .callHere(
                call,
                allowed -> {
                  throw new UnreachableToolException(
                      false, e.reason(), e.suggestion(), e.retryAfter());
                });
    new Outlet(request.exchange())
        .answer(
            Denials.toolResult(request.id(), ((Refused) outcome).denial(), request.era()));
  }

  /** Any other request, as a call of the tool {@code method:NAME} with its parameters. */
  void method(Incoming request) throws IOException, InterruptedException {
    Json params = request.message().body();
    Map<String, Json> arguments = new LinkedHashMap<>();
    if (params != null) {
      arguments.putAll(JsonSlices.members(params));
    }
    Json meta = arguments.remove("_meta");
    CallRequest call =
        new CallRequest(
            route.server(),
            route.methods().tool(request.message().method()),
            object(arguments),
            meta == null ? Json.EMPTY_OBJECT : meta,
            request.principal(),
            request.protocol());
    govern(request, call, null);
  }

  private static Json object(Map<String, Json> members) {
    return Json.utf8(
        JsonWriter.bytes(
            json -> {
              json.beginObject();
              members.forEach(json::field);
              json.endObject();
            }));
  }

  /** About a task. */
  void task(Incoming request) throws IOException, InterruptedException {
    method(request);
  }

  private void govern(Incoming request, CallRequest call, @Nullable Json arguments)
      throws IOException {
    MessageId id = request.id();
    Outlet outlet = new Outlet(request.exchange());
    try (Conversation conversation = route.conversation()) {
      if (!open.add(request, conversation)) {
        refuse(request, "Another request with this id waits for its answer; use each id once.");
        return;
      }
      request.exchange().onGone(conversation::close);
      ServerCall run =
          new ServerCall(conversation, request.toServer(AS_LONG_AS_IT_MAY),
              arguments == null ? ResultSchema.NONE : route.catalogue().results(call.tool()),
              arguments,
              outlet);
      CallOutcome outcome;
      try {
        outcome = route.governor().callHere(call, run);
      } finally {
        open.remove(request, conversation);
      }
      if (conversation.isResumable()) {
        String session = request.exchange().headers().get(Headers.SESSION);
        resumable.add(session, id, call, arguments != null);
      }
      Answer answer = run.answer();
      if (answer == null && !conversation.isResumable() && !conversation.isCancelled()) {
        cancel(request, conversation);
      }
      if (run.goesOn() || conversation.isClosed()) {
        outlet.end();
        return;
      }
      if (outcome instanceof Released released && answer != null) {
        Message raw = answer.message();
        boolean isClean = released.result() == raw.body();
        outlet.answer(answer.event(), isClean ? raw : raw.withBody(released.result()));
      } else if (outcome instanceof Refused refused) {
        outlet.answer(
            arguments == null || outlet.isRefused()
                ? Denials.error(id, refused.denial())
                : Denials.toolResult(id, refused.denial(), request.era()));
      }
    }
  }

  /** Tells a server of the years of sessions that nobody waits for its answer any more. */
  private void cancel(Incoming request, Conversation conversation) {
    if (!conversation.hasBegun() || request.era() == Era.STATELESS) {
      return; // it knows by the stream's end
    }
    Message cancelled =
        Message.notification(
            "notifications/cancelled",
            Json.of(Map.of("requestId", Json.text(request.id().json()))));
    Thread.startVirtualThread(
        () -> {
          try {
            route
                .upstream()
                .send(
                    new UpstreamRequest(
                        Verb.POST,
                        request.exchange().headers(),
                        cancelled,
                        request.caller(),
                        CANCEL_PATIENCE))
                .close();
          } catch (UpstreamException e) {
            // It cannot be told, and nothing depends on it.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void refuse(Incoming request, String reason) throws IOException {
    Outlet.refuse(
        request.exchange(), 400, Message.error(request.id(), Passing.INVALID_PARAMS, reason, null));
  }
}
