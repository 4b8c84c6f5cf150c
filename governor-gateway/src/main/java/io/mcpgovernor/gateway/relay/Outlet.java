package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way back to a client: one body, or a stream of events where the server answers with one. Used
 * by one thread.
 */
final class Outlet implements Onward {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final ClientExchange exchange;
  private int status = OK;
  private Headers headers = Headers.NONE;
  private @Nullable Predicate<String> takesSession;
  private boolean isStream;
  private boolean opensAtOnce;
  private boolean started;

  Outlet(ClientExchange exchange) {
    this.exchange = exchange;
  }

  /** The client's answer takes the form of the server's. Nothing is sent before its first event. */
  @Override
  public void like(UpstreamReply reply) throws IOException, UpstreamException {
    status = reply.status();
    isStream = reply.isStream();
    String session = reply.headers().get(Headers.SESSION);
    if (session != null && takesSession != null) {
      if (!takesSession.test(session)) {
        throw new UpstreamException(
            Reached.NO,
            "There are too many sessions.",
            "End one, or try again later.",
            Duration.ofSeconds(10));
      }
      headers = Headers.NONE.with(Headers.SESSION, session);
    }
    if (isStream && opensAtOnce) {
      open();
    }
  }

  /** If the answer is a stream, it starts when the server's does, and not with its first event. */
  void opensAtOnce() {
    opensAtOnce = true;
  }

  /**
   * The answer may open a session.
   *
   * @param takes whether there may be one more, by its id
   */
  void opensSession(Predicate<String> takes) {
    takesSession = takes;
  }

  /** Whether the server refused the request by its status, such as one of an expired session. */
  boolean isRefused() {
    return status >= 400;
  }

  /** What follows is our own answer, for which a failure of the server's is no status. */
  void isOurs() {
    if (status >= 500) {
      status = OK;
    }
  }

  /**
   * Tells a client that has got a part of the server's answer that there will be no more; and one
   * whose session is over, which some servers say without a message, so that it begins another.
   *
   * @return false if it is neither
   */
  boolean breaksOff(Incoming request, UpstreamException e) throws IOException {
    boolean isSessionOver = status == NOT_FOUND && request.session() != null;
    if (!started && !isSessionOver) {
      return false;
    }
    answer(Message.error(request.id(), Denials.DENIED, e.reason() + " " + e.suggestion(), null));
    return true;
  }

  /** Starts the stream before its first event. */
  void open() throws IOException {
    if (!started) {
      started = true;
      exchange.stream(status, headers);
    }
  }

  /** Sends what comes before the answer. */
  @Override
  public void pass(SseEvent event) throws IOException {
    open();
    exchange.send(event.plain());
  }

  /** Answers. */
  void answer(Message message) throws IOException {
    answer(SseEvent.of(message.utf8()), message);
  }

  /**
   * Answers.
   *
   * @param event in which the server sent it
   * @param message what the client gets of it
   */
  void answer(SseEvent event, Message message) throws IOException {
    if (!isStream && !started) {
      // A server may answer a request with a status of which clients read no body, but not we.
      exchange.answer(
          isRefused() ? status : OK,
          headers.with(Headers.CONTENT_TYPE, "application/json"),
          message.utf8());
      return;
    }
    byte[] data = message.utf8();
    pass(Arrays.equals(event.data(), data) ? event : event.withData(data));
    exchange.end();
  }

  /** Ends a stream that has no answer, or answers with nothing. */
  void end() throws IOException {
    if (started || isStream) {
      open();
      exchange.end();
    } else {
      exchange.answer(status, headers, new byte[0]);
    }
  }

  /** Answers with a status and a body of text or nothing. */
  static void refuse(ClientExchange exchange, int status, @Nullable Message message)
      throws IOException {
    exchange.answer(
        status,
        message == null
            ? Headers.NONE
            : new Headers(Map.of(Headers.CONTENT_TYPE, "application/json")),
        message == null ? new byte[0] : message.utf8());
  }
}
