package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client's message, with what is known of it before anything is decided.
 *
 * @param exchange the way back
 * @param headers what came with it, as far as MCP speaks of it
 * @param message what was sent
 * @param era of which revisions the message is
 * @param caller who sent it
 */
record Incoming(ClientExchange exchange, Headers headers, Message message, Era era, Caller caller) {
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

  /** Whether it is of a revision without sessions. */
  boolean isStateless() {
    return era instanceof Era.Stateless;
  }

  /** The revision of MCP it is written in; empty where nobody said. */
  String protocol() {
    String revision =
        switch (era) {
          case Era.Stateless stateless -> stateless.revision();
          case Era.Legacy legacy -> legacy.revision();
          case Era.Malformed malformed -> null;
        };
    return revision == null ? "" : revision;
  }

  /** Whether it came over HTTP, where a message has at least the header that says what it is. */
  boolean hasHeaders() {
    return !headers.all().isEmpty();
  }

  /** The session it belongs to; null without. */
  @Nullable String session() {
    return headers.get(Headers.SESSION);
  }

  /** What is sent on to the server: the message, as it came. */
  UpstreamRequest toServer(Duration patience) {
    return new UpstreamRequest(exchange.verb(), headers, message, caller, patience);
  }
}
