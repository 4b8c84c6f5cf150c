package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server that is one process with one client. It is not started again when it ends: what the
 * client and it agreed on is lost with it, and only the client can agree anew. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">MCP:
 *     stdio</a>
 */
public final class ChildUpstream implements Upstream {
  /** Who speaks where we do, and where there is one client only. */
  static final String GATEWAY = "";

  private final ChildProcess process;
  private final Conversation conversation;
  private final ChildFailures failures;

  private ChildUpstream(ChildProcess process, Conversation conversation, ChildFailures failures) {
    this.process = process;
    this.conversation = conversation;
    this.failures = failures;
  }

  /**
   * Starts the process.
   *
   * @param stderr what takes each line it logs; called by a thread of the process's
   * @throws UpstreamException if it cannot be started
   */
  public static ChildUpstream start(
      ChildCommand command, ChildOptions options, Consumer<String> stderr)
      throws UpstreamException {
    return start(command, options, Sharing.NOBODY, stderr);
  }

  static ChildUpstream start(
      ChildCommand command, ChildOptions options, Sharing sharing, Consumer<String> stderr)
      throws UpstreamException {
    Complaints complaints = new Complaints(command.server());
    ChildFailures failures = new ChildFailures(command.server());
    ChildProcess process = ChildProcess.start(command, options, complaints, stderr);
    return new ChildUpstream(
        process, new Conversation(process, options, sharing, failures, complaints), failures);
  }

  @Override
  public UpstreamReply send(UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    return send(request, GATEWAY);
  }

  UpstreamReply send(UpstreamRequest request, String client)
      throws UpstreamException, InterruptedException {
    return switch (request.verb()) {
      case GET -> conversation.listen(client);
      case DELETE -> {
        close();
        yield ChildReply.empty(200, failures);
      }
      case POST -> {
        Message message = message(request);
        yield message.kind() == Message.Kind.REQUEST
            ? conversation.ask(message, client, request.patience())
            : conversation.say(message, client);
      }
    };
  }

  private static Message message(UpstreamRequest request) {
    @Nullable Message message = request.message();
    if (message == null) {
      throw new IllegalArgumentException("a POST sends a message");
    }
    return message;
  }

  /** The process's exit code, once it has ended and what it wrote is read. */
  public CompletableFuture<Integer> ended() {
    return process.ended();
  }

  Conversation conversation() {
    return conversation;
  }

  @Override
  public void close() {
    process.close();
  }
}
