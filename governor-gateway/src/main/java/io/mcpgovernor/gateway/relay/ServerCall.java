package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.call.UnreachableToolException;
import io.mcpgovernor.config.ResultSchema;
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
 * engine masks. Used for one call; {@link #cancel} by any thread.
 */
final class ServerCall implements ToolHandler {
  private static final String ARGUMENTS = "arguments";
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

  private final Conversation conversation;
  private final UpstreamRequest request;
  private final ResultSchema results;
  private final @Nullable Json asked;
  private final Outlet outlet;
  private volatile @Nullable Answer answer;
  private volatile boolean goesOn;

  /**
   * A run to come.
   *
   * @param results what the tool promises of its results
   * @param asked the arguments as the client sent them; where the engine completes them, the server
   *     gets the completed ones. Null for what is no call of a tool
   */
  ServerCall(
      Conversation conversation,
      UpstreamRequest request,
      ResultSchema results,
      @Nullable Json asked,
      Outlet outlet) {
    this.conversation = conversation;
    this.request = request;
    this.results = results;
    this.asked = asked;
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
      came = conversation.ask(request(call), outlet, interim);
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
    Json value = body == null ? Json.NULL : body;
    return CompletableFuture.completedFuture(new ToolResult(value, isError(came.message())));
  }

  /** Whether an answer says that something failed. */
  static boolean isError(Message answer) {
    Json says = answer.member("isError");
    return answer.kind() == Kind.ERROR || (says != null && Arrays.equals(says.utf8(), TRUE));
  }

  private UpstreamRequest request(ToolCall call) {
    Message message = request.message();
    if (message == null || asked == null || call.arguments() == asked || isNothing(call)) {
      return request;
    }
    return new UpstreamRequest(
        request.verb(),
        request.headers(),
        message.withMember(ARGUMENTS, call.arguments()),
        request.caller(),
        request.patience());
  }

  /** The engine reads no arguments as an empty object, and nobody need know. */
  private boolean isNothing(ToolCall call) {
    return asked != null && asked.isNull() && call.arguments().object().isEmpty();
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
    String misfit = isOurs(masked) ? results.misfit(masked) : null;
    return misfit == null || brokeItself() ? null : misfit;
  }

  @Override
  public List<Misfit> misfits(Json masked) {
    List<Misfit> misfits = isOurs(masked) ? results.misfits(masked) : List.of();
    return misfits.isEmpty() || brokeItself() ? List.of() : misfits;
  }

  private boolean isOurs(Json masked) {
    Answer came = answer;
    return came != null && came.message().kind() == Kind.RESULT && masked != came.message().body();
  }

  private boolean brokeItself() {
    Answer came = answer;
    Json raw = came == null ? null : came.message().body();
    return raw != null && results.misfit(raw) != null;
  }

  @Override
  public void cancel(CompletionStage<ToolResult> running) {
    conversation.close();
  }
}
