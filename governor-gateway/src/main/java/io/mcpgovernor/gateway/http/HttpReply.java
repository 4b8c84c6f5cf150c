package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.message.SseParser;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.Verb;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer as the one who asked reads it. What comes from the socket is in the {@link
 * UpstreamExchange}; events are cut out of it here, on the reader's thread.
 */
final class HttpReply implements UpstreamReply {
  private final UpstreamExchange exchange;
  private final int bytesMax;
  private final Duration patience;
  private final boolean endless;
  private final @Nullable SseParser parser;
  private boolean bodyTaken;
  private long eventBytes;
  private @Nullable Headers headers;

  /** A reply whose head, or all of it, has come. */
  HttpReply(UpstreamExchange exchange, Verb verb, int bytesMax, Duration patience) {
    this.exchange = exchange;
    this.bytesMax = bytesMax;
    this.patience = patience;
    endless = verb == Verb.GET;
    parser = exchange.isStream() ? new SseParser(bytesMax) : null;
  }

  @Override
  public int status() {
    return exchange.status();
  }

  @Override
  public Headers headers() {
    if (headers == null) {
      headers = exchange.headers();
    }
    return headers;
  }

  @Override
  public @Nullable String date() {
    return exchange.rawHeader(HttpHeaderNames.DATE);
  }

  @Override
  public boolean isStream() {
    return parser != null;
  }

  @Override
  public @Nullable SseEvent next() throws UpstreamException, InterruptedException {
    return parser == null ? body() : nextEvent(parser);
  }

  private @Nullable SseEvent body() {
    byte[] body = exchange.body();
    if (bodyTaken || body.length == 0) {
      return null;
    }
    bodyTaken = true;
    return SseEvent.of(body);
  }

  private @Nullable SseEvent nextEvent(SseParser parser)
      throws UpstreamException, InterruptedException {
    // The one before has been dealt with.
    exchange.giveBack(eventBytes);
    eventBytes = 0;
    try {
      while (true) {
        SseEvent event = parser.next();
        if (event != null) {
          eventBytes = event.wire().length;
          return event;
        }
        byte[] more = exchange.read(patience, endless);
        if (more == null) {
          return null;
        }
        parser.feed(more, 0, more.length);
      }
    } catch (MalformedMessageException e) {
      close();
      throw UpstreamFailures.tooLarge(bytesMax);
    }
  }

  @Override
  public void close() {
    exchange.close();
  }
}
