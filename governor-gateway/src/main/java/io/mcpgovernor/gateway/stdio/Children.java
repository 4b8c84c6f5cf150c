package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.UpstreamState;
import io.mcpgovernor.gateway.relay.Verb;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that is processes, reached by many clients over HTTP. Thread-safe.
 *
 * <ul>
 *   <li>A client of the 2025 era opens a session with {@code initialize} and has a process of its
 *       own until it ends the session or leaves it unused: for long, or while the same principal
 *       opens more than it may have. A session that is not known, is another's, or lost its process
 *       is answered with 404, upon which clients open a new one.
 *   <li>Clients of the 2026 era have no sessions: those of one principal and tenant share a
 *       process.
 *   <li>Where the server is shared, all sessions share one process, which we initialise, and all
 *       clients without sessions another.
 * </ul>
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">MCP:
 *     sessions</a>
 */
public final class Children implements Upstream {
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int INVALID_REQUEST = -32_600;

  private final ChildFailures failures;
  private final Nursery nursery;
  private final SessionTable sessions;
  private final boolean isShared;
  private final SharedHandshake handshake;

  /**
   * A server of which nothing runs yet.
   *
   * @param stderr what takes each line its processes log
   */
  public Children(ChildCommand command, ChildrenOptions options, Consumer<String> stderr) {
    this(command, options, stderr, System::nanoTime);
  }

  Children(
      ChildCommand command, ChildrenOptions options, Consumer<String> stderr, LongSupplier nanos) {
    this.failures = new ChildFailures(command.server());
    this.isShared = options.isShared();
    this.nursery = new Nursery(command, options, stderr, failures, nanos);
    this.sessions = new SessionTable(options, failures, nanos);
    this.handshake = new SharedHandshake(failures);
    nursery.whenSweeping(sessions::sweep);
  }

  @Override
  public UpstreamState state() {
    return nursery.isPausing() ? UpstreamState.DOWN : UpstreamState.UP;
  }

  @Override
  public UpstreamReply send(UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    String id = request.headers().get(Headers.SESSION);
    Message message = request.message();
    if (id != null) {
      return inSession(id, request);
    }
    if (request.verb() != Verb.POST || message == null) {
      return ChildReply.empty(NOT_ALLOWED, failures); // there is nothing to listen to or to end
    }
    if (message.kind() == Message.Kind.REQUEST && message.method().equals("initialize")) {
      return isShared ? openShared(request, message) : open(request);
    }
    return stateless(request);
  }

  private UpstreamReply inSession(String id, UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    String principal = request.caller().principal().key();
    ChildSession session = sessions.find(id, principal);
    if (session == null) {
      return noSuchSession(request.message());
    }
    if (request.verb() == Verb.DELETE) {
      sessions.end(session);
      return ChildReply.empty(200, failures);
    }
    session.child().use(nursery.now());
    return session.child().upstream().send(request, isShared ? id : ChildUpstream.GATEWAY);
  }

  private ChildReply noSuchSession(@Nullable Message asked) {
    Message error =
        Message.error(
            asked != null && asked.kind() == Message.Kind.REQUEST ? asked.id() : null,
            INVALID_REQUEST,
            "There is no such session: it has ended. Send 'initialize' without Mcp-Session-Id.",
            null);
    return ChildReply.of(NOT_FOUND, error.utf8(), failures);
  }

  private UpstreamReply open(UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    String principal = request.caller().principal().key();
    if (nursery.isFull(principal)) {
      sessions.endLongestUnused(principal);
    }
    RunningChild child =
        nursery.start("session " + principal, principal, Sharing.NOBODY, request.patience());
    boolean opened = false;
    try {
      UpstreamReply reply = child.upstream().send(request);
      if (reply instanceof ChildReply answer && !answer.isRefusal()) {
        ChildSession session = sessions.open(principal, child);
        answer.headers(answer.headers().with(Headers.SESSION, session.id()));
        opened = true;
      }
      return reply;
    } finally {
      if (!opened) {
        child.end();
      }
    }
  }

  private UpstreamReply openShared(UpstreamRequest request, Message initialize)
      throws UpstreamException, InterruptedException {
    RunningChild child =
        nursery.shared("sessions", "sessions", Sharing.EVERYBODY, request.patience());
    byte[] answer = handshake.answer(child.upstream(), initialize, request);
    ChildSession session = sessions.open(request.caller().principal().key(), child);
    ChildReply reply = ChildReply.of(200, answer, failures);
    reply.headers(Headers.NONE.with(Headers.SESSION, session.id()));
    return reply;
  }

  private UpstreamReply stateless(UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    String principal = request.caller().principal().key();
    RunningChild child =
        isShared
            ? nursery.shared("stateless", "stateless", Sharing.EVERYBODY, request.patience())
            : nursery.shared(
                principal.length() + ":" + principal + request.caller().tenant(),
                principal,
                Sharing.PRINCIPAL,
                request.patience());
    return child.upstream().send(request, principal);
  }

  /** Ends what is idle; done now and then by itself. */
  void sweep() {
    nursery.sweep();
  }

  @Override
  public void close() {
    nursery.close();
  }
}
