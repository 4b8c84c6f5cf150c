package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;
import java.time.Duration;
import java.util.Objects;

/**
 * A client's message, with what is known of it before anything is decided.
 *
 * @param exchange the way back
 * @param message what was sent
 * @param era of which revisions the message is
 * @param caller who sent it
 */
record Incoming(ClientExchange exchange, Message message, Era era, Caller caller) {
  /** Who sent it. */
  Principal principal() {
    return caller.principal();
  }

  /** The id of a request. */
  MessageId id() {
    return Objects.requireNonNull(message.id());
  }

  /** A member of {@code params}; the given one without. */
  Json param(String name, Json without) {
    Json param = message.member(name);
    return param == null ? without : param;
  }

  /** The revision of MCP it is written in; empty where nobody said. */
  String protocol() {
    String said = exchange.headers().get(Headers.PROTOCOL);
    return said == null ? "" : said;
  }

  /** What is sent on to the server: the message, as it came. */
  UpstreamRequest toServer(Duration patience) {
    return new UpstreamRequest(exchange.verb(), exchange.headers(), message, caller, patience);
  }
}
