package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.catalogue.Catalogue;
import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays messages between clients and one server, governed. Each exchange is taken from its
 * beginning to its end on one virtual thread, as straight-line code:
 *
 * <pre>read strictly -> whose session -> by method: govern | filter | pass on -> answer</pre>
 *
 * <p>Bytes stay as they came unless governance changes something. Whatever fails, the client gets
 * an error that says what to do, and nothing raw. Thread-safe.
 */
public final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int INTERNAL_ERROR = -32_603;
  private static final Message NO_SESSION =
      Message.error(
          null,
          -32_600,
          "There is no such session: it has ended. Send 'initialize' without Mcp-Session-Id.",
          null);

  private final String server;
  private final RelayOptions options;
  private final Upstream upstream;
  private final OpenSessions sessions;
  private final GovernedRequests governed;
  private final Lists lists;
  private final Passing passing;
  private final Listening listening;

  /**
   * A relay to a server.
   *
   * @param catalogue the server's tools
   * @param upstream the server; closed with this relay
   */
  public Relay(Governor governor, Catalogue catalogue, Upstream upstream, RelayOptions options) {
    this.server = catalogue.server();
    this.options = options;
    this.upstream = upstream;
    OpenRequests open = new OpenRequests();
    Route route = new Route(governor, catalogue, upstream, options);
    ResumableCalls resumable = new ResumableCalls();
    this.sessions = route.sessions();
    this.governed = new GovernedRequests(route, open, resumable);
    this.lists = new Lists(route);
    this.passing = new Passing(route, open);
    this.listening = new Listening(route, resumable);
  }

  /** Takes one exchange from beginning to end. Blocks; meant for a virtual thread. */
  public void handle(ClientExchange exchange) {
    try {
      Principal principal = exchange.principal();
      if (principal == null) {
        Outlet.refuse(exchange, 401, null);
        return;
      }
      Caller caller = new Caller(principal, onlyTenant(principal.tenants()));
      if (!sessions.isOwn(exchange, caller)) {
        Outlet.refuse(exchange, 404, NO_SESSION);
        return;
      }
      switch (exchange.verb()) {
        case POST -> post(exchange, caller);
        case GET -> listening.listen(exchange, caller);
        case DELETE -> listening.end(exchange, caller);
      }
    } catch (UpstreamException e) {
      LOG.info("Server {} could not be listened to: {}", server, e.reason());
      refuse(exchange, status(e));
    } catch (IOException e) {
      LOG.debug("A client went away before it was answered.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(ClientExchange exchange, Caller caller)
      throws IOException, InterruptedException {
    Message message;
    try {
      message = Message.ofClient(exchange.body(), options.client());
    } catch (MalformedMessageException e) {
      String reason = String.valueOf(e.getMessage());
      Outlet.refuse(exchange, 400, Message.error(e.id(), e.code(), reason, null));
      return;
    }
    try {
      Era era = Era.of(exchange.headers(), message);
      if (era instanceof Era.Malformed malformed) {
        Outlet.refuse(exchange, 400, error(message, malformed.code(), malformed.reason()));
        return;
      }
      Incoming incoming = new Incoming(exchange, exchange.headers(), message, era, caller);
      String problem = problem(incoming);
      if (problem != null) {
        Outlet.refuse(exchange, 400, error(message, HeaderCheck.HEADER_MISMATCH, problem));
        return;
      }
      relay(incoming);
    } catch (UpstreamException e) {
      Outlet.refuse(exchange, status(e), unreachable(message, e));
    } catch (RuntimeException | Error e) { // nothing of it may reach the client
      LOG.error("A message could not be relayed", e);
      Outlet.refuse(
          exchange,
          500,
          error(
              message,
              INTERNAL_ERROR,
              "The gateway failed; its log says why. Tell an administrator."));
    }
  }

  /** From 2026-07-28 on headers repeat the message, for those on the way who read only them. */
  private static @Nullable String problem(Incoming incoming) {
    return incoming.isStateless() && incoming.hasHeaders()
        ? HeaderCheck.problem(incoming.headers(), incoming.message(), null)
        : null;
  }

  /** About a request; what is none gets no message. */
  private static @Nullable Message error(Message about, int code, String reason) {
    return about.kind() == Kind.REQUEST ? Message.error(about.id(), code, reason, null) : null;
  }

  private void relay(Incoming incoming)
      throws IOException, UpstreamException, InterruptedException {
    if (incoming.message().kind() != Kind.REQUEST) {
      passing.tell(incoming);
      return;
    }
    switch (Methods.of(incoming.message().method())) {
      case CALL -> governed.call(incoming);
      case GOVERN -> governed.method(incoming);
      case TASK -> governed.task(incoming);
      case TOOLS -> lists.tools(incoming);
      case LIST -> lists.others(incoming);
      case PASS -> passing.ask(incoming);
    }
  }

  /** How many sessions clients have with the server. */
  public int sessions() {
    return sessions.size();
  }

  private static void refuse(ClientExchange exchange, int status) {
    try {
      Outlet.refuse(exchange, status, null);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("A client could not be told that its stream is over.");
    }
  }

  private static int status(UpstreamException e) {
    return e.retryAfter() != null ? 503 : 502;
  }

  private static @Nullable Message unreachable(Message message, UpstreamException e) {
    return error(message, Denials.DENIED, e.reason() + " " + e.suggestion());
  }

  private static String onlyTenant(Set<String> tenants) {
    return tenants.size() == 1 ? tenants.iterator().next() : "";
  }

  /** Ends the server's connections or processes. */
  @Override
  public void close() {
    upstream.close();
  }
}
