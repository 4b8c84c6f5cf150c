package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.UnreachableToolException;
import io.mcpgovernor.config.ResultSchema;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Requests that go through all steps of the engine: calls of tools, and the methods that are
 * governed like tools. Thread-safe.
 */
final class GovernedRequests {
  /** The engine's time-out ends a call, not ours. */
  private static final Duration AS_LONG_AS_IT_MAY = Duration.ofDays(2);

  private final Route route;
  private final OpenRequests open;
  private final ResumableCalls resumable;
  private final Tasks tasks;
  private final Continuations continuations = new Continuations(TimeSource.SYSTEM);

  GovernedRequests(Route route, OpenRequests open, ResumableCalls resumable) {
    this.route = route;
    this.open = open;
    this.resumable = resumable;
    this.tasks = new Tasks(route);
  }

  /** {@code tools/call}. */
  void call(Incoming request) throws IOException, InterruptedException {
    String name = request.message().text("name");
    if (name == null) {
      refuse(request, Passing.INVALID_PARAMS, "The call names no tool: params.name has to.");
      return;
    }
    UpstreamException unlisted = route.listing().lookFor(name, request);
    if (unlisted != null) {
      CallRequest call =
          request(request, route.methods().tool(Methods.CALL), Json.of(Map.of("name", name)));
      fail(
          request,
          call,
          new UnreachableToolException(
              false, unlisted.reason(), unlisted.suggestion(), unlisted.retryAfter()));
      return;
    }
    if (request.isStateless() && request.hasHeaders()) {
      String problem =
          HeaderCheck.problem(
              request.headers(), request.message(), route.catalogue().definition(name));
      if (problem != null) {
        refuse(request, HeaderCheck.HEADER_MISMATCH, problem);
        return;
      }
    }
    CallRequest call =
        request(request, MethodTools.called(name), request.param("arguments", Json.NULL));
    if (continuesOne(request, call)) {
      call = call.continuing();
    }
    ResultSchema results = route.catalogue().results(name);
    govern(request, new Governed(call, true, results, UnaryOperator.identity(), shown(call)));
  }

  private boolean continuesOne(Incoming request, CallRequest call) {
    String state = Continuations.requestState(request.message());
    return state != null
        && continuations.take(
            request.principal().key(), call.server(), call.tool(), call.arguments(), state);
  }

  /** A result that asks for more can be continued; one that starts a task has an owner. */
  private Governed.Shown shown(CallRequest call) {
    String principal = call.principal() == null ? "" : call.principal().key();
    return (raw, masked) -> {
      tasks.started(raw, call, principal);
      Json state = raw.member("requestState");
      String text = Continuations.requestState(raw);
      if (!Continuations.asksForMore(raw) || state == null || text == null) {
        return masked;
      }
      continuations.asked(principal, call.server(), call.tool(), call.arguments(), text);
      // It is the server's own and nobody reads it on the way; changed, it would be of no use.
      return masked == raw ? masked : masked.withMember("requestState", state);
    };
  }

  /** Any other request, as a call of the tool {@code method:NAME} with its parameters. */
  void method(Incoming request) throws IOException {
    govern(request, Governed.method(methodCall(request)));
  }

  /** About tasks: on record, not charged, and the caller's own only. */
  void task(Incoming request) throws IOException {
    govern(
        tasks.isForeign(request) ? tasks.ofNobody(request) : request,
        tasks.governed(request, methodCall(request).continuing()));
  }

  private CallRequest methodCall(Incoming request) {
    Json params = request.message().body();
    Map<String, Json> arguments = new LinkedHashMap<>();
    if (params != null) {
      arguments.putAll(JsonSlices.members(params));
    }
    arguments.remove("_meta");
    return request(request, route.methods().tool(request.message().method()), object(arguments));
  }

  private CallRequest request(Incoming request, String tool, Json arguments) {
    return new CallRequest(
        route.server(),
        tool,
        arguments,
        request.param("_meta", Json.EMPTY_OBJECT),
        request.principal(),
        request.protocol());
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

  private void govern(Incoming request, Governed governed) throws IOException {
    Outlet outlet = new Outlet(request.exchange());
    try (Conversation conversation = route.conversation()) {
      if (!open.add(request, conversation)) {
        refuse(
            request,
            Passing.INVALID_REQUEST,
            "Another request with this id waits for its answer; use each id once.");
        return;
      }
      request.exchange().onGone(conversation::close);
      ServerCall run =
          new ServerCall(conversation, request.toServer(AS_LONG_AS_IT_MAY), governed, outlet);
      CallOutcome outcome;
      try {
        outcome = route.governor().callHere(governed.call(), run);
      } finally {
        open.remove(request, conversation);
      }
      if (conversation.isResumable()) {
        resumable.add(request.session(), request.id(), governed.call(), governed.isTool());
      } else if (run.answer() == null && conversation.hasBegun() && !conversation.isCancelled()) {
        Cancelling.tell(route, request);
      }
      if (run.goesOn() || conversation.isClosed()) {
        outlet.end();
      } else {
        answer(request, governed, run, outcome, outlet);
      }
    }
  }

  private static void answer(
      Incoming request, Governed governed, ServerCall run, CallOutcome outcome, Outlet outlet)
      throws IOException {
    MessageId id = request.id();
    Answer answer = run.answer();
    if (outcome instanceof Released released && answer != null) {
      Message raw = answer.message();
      Message masked = released.result() == raw.body() ? raw : raw.withBody(released.result());
      outlet.answer(answer.event(), governed.last().of(raw, masked));
    } else if (outcome instanceof Refused refused) {
      outlet.isOurs();
      outlet.answer(
          !governed.isTool() || outlet.isRefused()
              ? Denials.error(id, refused.denial())
              : Denials.toolResult(id, refused.denial(), request.isStateless()));
    }
  }

  /** What cannot be asked of the server goes on record all the same. */
  private void fail(Incoming request, CallRequest call, UnreachableToolException why)
      throws IOException {
    CallOutcome outcome =
        route
            .governor()
            .callHere(
                call,
                allowed -> {
                  throw why;
                });
    if (outcome instanceof Refused refused) {
      new Outlet(request.exchange())
          .answer(Denials.toolResult(request.id(), refused.denial(), request.isStateless()));
    }
  }

  private static void refuse(Incoming request, int code, String reason) throws IOException {
    Outlet.refuse(request.exchange(), 400, Message.error(request.id(), code, reason, null));
  }
}
