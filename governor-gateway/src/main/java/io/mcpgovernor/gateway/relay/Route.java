package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.catalogue.Catalogue;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import java.util.function.UnaryOperator;

/**
 * What all parts of a relay work with: the engine, the server and its tools. Thread-safe.
 *
 * @param governor decides, masks and records
 * @param catalogue the server's tools
 * @param upstream the server
 * @param options bounds and times
 * @param methods the methods that are governed like tools
 * @param listing keeps the catalogue up to date
 * @param sessions whose sessions are whose
 * @param tasks who started which task
 */
record Route(
    Governor governor,
    Catalogue catalogue,
    Upstream upstream,
    RelayOptions options,
    MethodTools methods,
    ToolListing listing,
    OpenSessions sessions,
    TaskOwners tasks) {

  Route(Governor governor, Catalogue catalogue, Upstream upstream, RelayOptions options) {
    this(
        governor,
        catalogue,
        upstream,
        options,
        new MethodTools(governor, catalogue.server(), options.governsUnknownMethods()),
        new ToolListing(catalogue, upstream, options),
        new OpenSessions(catalogue.server(), upstream, options.sessionsMax()),
        new TaskOwners());
  }

  /** The server's name. */
  String server() {
    return catalogue.server();
  }

  /**
   * Asks the server.
   *
   * @throws UpstreamException also if it does not take the gateway's own credentials: a client
   *     would take that for a question about its own
   */
  UpstreamReply send(UpstreamRequest request) throws UpstreamException, InterruptedException {
    UpstreamReply reply = upstream.send(request);
    sessions.answered(request.headers().get(Headers.SESSION), reply.status(), request.caller());
    if (reply.status() == 401 || reply.status() == 403) {
      reply.close();
      throw new UpstreamException(
          Reached.NO,
          "The server does not take the gateway's credentials.",
          "Tell an administrator to look at the bearer token of this server.",
          null);
    }
    return reply;
  }

  /** A conversation with the server that is yet to begin. */
  Conversation conversation() {
    return new Conversation(this::send, options.server(), this::heard);
  }

  /** Takes note of what a server says. */
  void heard(Message message) {
    if (message.method().equals(Methods.TOOLS_CHANGED)) {
      listing.isOutdated();
    }
  }

  /** Masks what belongs to a method, or to none. */
  UnaryOperator<Json> maskOf(String method) {
    String tool = methods.tool(method);
    return value -> governor.mask(value, server(), tool);
  }
}
