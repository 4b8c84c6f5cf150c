package io.mcpgovernor.gateway.http;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Verb;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. The request's thread runs it from beginning to end; what concerns the
 * socket it hands to the connection's event loop.
 */
final class FrontExchange implements ClientExchange, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FrontExchange.class);

  private final HttpFront front;
  private final HttpFrontOptions options;
  private final HttpRequest request;
  private final ShownCredentials credentials;
  private final RequestCheck.Admitted admitted;
  private final byte[] body;
  private final long taken;
  private final AnswerWriter writer;
  private final AtomicBoolean hasPlace = new AtomicBoolean(true);
  private final Departure departure = new Departure();

  private @Nullable Headers headers;
  private @Nullable Principal principal;
  private boolean begun;

  FrontExchange(
      HttpFront front,
      FrontConnection connection,
      HttpFrontOptions options,
      ShownCredentials credentials,
      RequestCheck.Admitted admitted,
      byte[] body,
      long taken) {
    this.front = front;
    this.options = options;
    this.request = credentials.request();
    this.credentials = credentials;
    this.admitted = admitted;
    this.body = body;
    this.taken = taken;
    boolean http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    writer = new AnswerWriter(connection, options, HttpUtil.isKeepAlive(request), http10);
  }

  @Override
  public void run() {
    try {
      if (isAuthenticated()) {
        admitted.endpoint().accept(this);
      }
      if (!departure.isAnswered() && !departure.isGone()) {
        fail("The gateway did not answer.");
      }
    } catch (RuntimeException | Error e) {
      if (!departure.isGone()) {
        LOG.error("A request could not be answered", e);
        fail("The gateway failed; its log says why.");
      }
    } finally {
      options.budget.giveBackOfRequest(taken);
      leavePlace();
      front.finished();
    }
  }

  private boolean isAuthenticated() {
    return switch (options.authenticator.authenticate(credentials)) {
      case Authenticator.Accepted accepted -> {
        principal = accepted.principal();
        yield true;
      }
      case Authenticator.Refused refused -> {
        refuse(front.check().refusal(refused, request));
        yield false;
      }
    };
  }

  private void refuse(Refusal refusal) {
    try {
      answer(refusal.status(), new Headers(refusal.headers()), refusal.body());
    } catch (IOException e) {
      LOG.debug("A client went away before it was refused");
    }
  }

  private void fail(String reason) {
    if (begun) {
      writer.abort();
    } else {
      refuse(Refusal.of(500, reason));
    }
  }

  @Override
  public Verb verb() {
    return admitted.verb();
  }

  @Override
  public Headers headers() {
    if (headers == null) {
      headers = PassedHeaders.of(request.headers());
    }
    return headers;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public @Nullable Principal principal() {
    return principal;
  }

  @Override
  public void answer(int status, Headers headers, byte[] body) throws IOException {
    PassedHeaders.check(headers);
    begin();
    answered();
    writer.answer(status, headers, body);
  }

  @Override
  public void stream(int status, Headers headers) throws IOException {
    PassedHeaders.check(headers);
    begin();
    // Who listens wants to know that it does; who asked gets the head with the first event.
    writer.stream(status, headers, isListening());
  }

  private void begin() throws IOException {
    if (begun) {
      throw new IllegalStateException("a request is answered once");
    }
    if (departure.isGone()) {
      throw clientIsGone();
    }
    begun = true;
  }

  @Override
  public void send(SseEvent event) throws IOException {
    if (departure.isGone()) {
      throw clientIsGone();
    }
    writer.send(event.wire());
  }

  @Override
  public void end() throws IOException {
    answered();
    writer.end();
  }

  private void answered() throws IOException {
    if (!departure.answered()) {
      throw clientIsGone();
    }
  }

  private static IOException clientIsGone() {
    return new IOException("The client is gone.");
  }

  @Override
  public void onGone(Runnable task) {
    departure.onGone(task);
  }

  // What follows is called by the connection, on its event loop.

  /** The client is gone. */
  void gone() {
    departure.gone();
    writer.gone();
  }

  /** Its answer is written: the client may ask again. */
  void leavePlace() {
    if (hasPlace.compareAndSet(true, false)) {
      front.leavePlace(admitted.verb());
    }
  }

  boolean isListening() {
    return admitted.verb() == Verb.GET;
  }

  void writable() {
    writer.writable();
  }

  void closeAfterwards() {
    writer.closeAfterwards();
  }

  void tick(long now) {
    writer.tick(now);
  }
}
