package io.mcpgovernor.gateway.trace;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Verb;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An exchange that remembers with which status it was answered. Used like the one it watches. */
final class WatchedExchange implements ClientExchange {
  private final ClientExchange exchange;
  private int status;

  WatchedExchange(ClientExchange exchange) {
    this.exchange = exchange;
  }

  /** Of HTTP; 0 before there is an answer. */
  int status() {
    return status;
  }

  @Override
  public Verb verb() {
    return exchange.verb();
  }

  @Override
  public Headers headers() {
    return exchange.headers();
  }

  @Override
  public byte[] body() {
    return exchange.body();
  }

  @Override
  public @Nullable Principal principal() {
    return exchange.principal();
  }

  @Override
  public void answer(int status, Headers headers, byte[] body) throws IOException {
    this.status = status;
    exchange.answer(status, headers, body);
  }

  @Override
  public void stream(int status, Headers headers) throws IOException {
    this.status = status;
    exchange.stream(status, headers);
  }

  @Override
  public void send(SseEvent event) throws IOException {
    exchange.send(event);
  }

  @Override
  public void end() throws IOException {
    exchange.end();
  }

  @Override
  public void onGone(Runnable task) {
    exchange.onGone(task);
  }
}
