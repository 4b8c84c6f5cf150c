package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.call.UnreachableToolException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The run of a governed request: it is sent to the server, and the server's answer is what the
 * engine masks. It ends with the answer, so that nothing is left to cancel; whoever has no time
 * left interrupts its thread. Used for one call.
 */
final class ServerCall implements ToolHandler {
  private static final String ARGUMENTS = "arguments";
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

  private final Conversation conversation;
  private final UpstreamRequest request;
  private final Governed governed;
  private final Outlet outlet;
  private volatile @Nullable Answer answer;
  private volatile boolean goesOn;

  /**
   * A run to come.
   *
   * @param governed what the engine decides about; where it completes the arguments of a tool, the
   *     server gets the completed ones
   */
  ServerCall(Conversation conversation, UpstreamRequest request, Governed governed, Outlet outlet) {
    this.conversation = conversation;
    this.request = request;
    this.governed = governed;
    this.outlet = outlet;
  }

  @Override
  public CompletionStage<ToolResult> run(ToolCall call) throws Exception {
    return run(call, value -> value);
  }

  @Override
  public CompletionStage<ToolResult> run(ToolCall call, UnaryOperator<Json> interim)
      throws UnreachableToolException, InterruptedException {
    Answer came;
    try {
      UnaryOperator<Json> mask = value -> interim.apply(governed.first().apply(value));
      came = conversation.ask(request(call), outlet, mask);
    } catch (UpstreamException e) {
      throw new UnreachableToolException(
          e.reached() != Reached.NO, e.reason(), e.suggestion(), e.retryAfter());
    } catch (IOException e) {
      throw new UnreachableToolException(
          true,
          "The client went away before the answer came.",
          "It may have been done: look before you ask again.",
          null);
    }
    if (came == null) {
      goesOn = true;
      throw new UnreachableToolException(
          true,
          "The server goes on in another stream.",
          "Ask for the stream again by the last event's id.",
          null);
    }
    answer = came;
    Json body = came.message().body();
    Json value = body == null ? Json.NULL : governed.first().apply(body);
    return CompletableFuture.completedFuture(new ToolResult(value, isError(came.message())));
  }

  /** Whether an answer says that something failed. */
  static boolean isError(Message answer) {
    Json says = answer.member("isError");
    return answer.kind() == Kind.ERROR || (says != null && Arrays.equals(says.utf8(), TRUE));
  }

  private UpstreamRequest request(ToolCall call) {
    Message message = request.message();
    if (message == null || !governed.isTool() || !isCompleted(call)) {
      return request;
    }
    return new UpstreamRequest(
        request.verb(),
        request.headers(),
        message.withMember(ARGUMENTS, call.arguments()),
        request.caller(),
        request.patience());
  }

  /** That the engine reads no arguments as an empty object, nobody need know. */
  private boolean isCompleted(ToolCall call) {
    Json asked = governed.call().arguments();
    return call.arguments() != asked && !(asked.isNull() && call.arguments().object().isEmpty());
  }

  /** The server's answer, raw; null if there is none. */
  @Nullable Answer answer() {
    return answer;
  }

  /** Whether the server will answer in another stream. */
  boolean goesOn() {
    return goesOn;
  }

  /** A result that breaks the server's own promise does so with or without us. */
  @Override
  public @Nullable String misfit(Json masked) {
    String misfit = isOurs(masked) ? governed.results().misfit(masked) : null;
    return misfit == null || brokeItself() ? null : misfit;
  }

  @Override
  public List<Misfit> misfits(Json masked) {
    List<Misfit> misfits = isOurs(masked) ? governed.results().misfits(masked) : List.of();
    return misfits.isEmpty() || brokeItself() ? List.of() : misfits;
  }

  private boolean isOurs(Json masked) {
    Answer came = answer;
    return came != null && came.message().kind() == Kind.RESULT && masked != came.message().body();
  }

  private boolean brokeItself() {
    Answer came = answer;
    Json raw = came == null ? null : came.message().body();
    return raw != null && governed.results().misfit(raw) != null;
  }
}
