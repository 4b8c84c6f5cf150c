package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.Message.Kind;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.message.MessageId;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to a server, up to its answer. What the server says before goes to the client at
 * once, masked. Used by one thread; {@link #close} by any.
 */
final class Conversation implements AutoCloseable {
  /** Whoever is asked. */
  interface Server {
    /** As {@link Upstream#send}. */
    UpstreamReply send(UpstreamRequest request) throws UpstreamException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final Server server;
  private final MessageBounds bounds;
  private final Consumer<Message> heard;
  private final Object beginning = new Object();
  private @Nullable Thread waiting; // for an answer to begin
  private volatile @Nullable UpstreamReply reply;
  private volatile boolean closed;
  private volatile boolean cancelled;
  private boolean begun;
  private boolean resumable;

  /**
   * A conversation that has not begun.
   *
   * @param server is asked
   * @param heard told of each message that is no answer
   */
  Conversation(Server server, MessageBounds bounds, Consumer<Message> heard) {
    this.server = server;
    this.bounds = bounds;
    this.heard = heard;
  }

  /**
   * Asks, and passes on what comes before the answer.
   *
   * @param onward takes the form of the answer, and what comes before it
   * @param mask masks the bodies of messages
   * @return the answer; null if the server ended the stream and will go on in another, which the
   *     client can ask for by the events' ids
   * @throws UpstreamException if there is no answer, or none that can be read
   * @throws IOException if the client is gone
   */
  @Nullable Answer ask(UpstreamRequest request, Onward onward, UnaryOperator<Json> mask)
      throws UpstreamException, IOException, InterruptedException {
    MessageId id = request.message() == null ? null : request.message().id();
    begun = true;
    try (UpstreamReply opened = begin(request)) {
      reply = opened;
      if (closed) {
        throw gone();
      }
      onward.like(opened);
      for (SseEvent event = opened.next(); event != null; event = opened.next()) {
        resumable |= event.id() != null;
        if (event.data().length == 0) {
          onward.pass(event);
          continue;
        }
        Message message = read(event, opened);
        if (message.kind() == Kind.RESULT || message.kind() == Kind.ERROR) {
          if (answers(message, id)) {
            return new Answer(event, message);
          }
          LOG.warn("A server answered a request that nobody made; it is not passed on.");
          continue;
        }
        heard.accept(message);
        onward.pass(masked(event, message, mask));
      }
      if (opened.isStream() && resumable) {
        return null;
      }
      throw new UpstreamException(
          Reached.UNKNOWN,
          "The server ended its answer before it had one.",
          "It may have done what was asked: look before you ask again.",
          null);
    } catch (UpstreamException e) {
      if (closed) {
        throw gone();
      }
      throw e;
    }
  }

  /** Asks, and waits until the answer begins or nobody waits for it any more. */
  private UpstreamReply begin(UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    synchronized (beginning) {
      if (closed) {
        throw gone();
      }
      waiting = Thread.currentThread();
    }
    try {
      return server.send(request);
    } catch (InterruptedException e) {
      if (closed) {
        throw gone();
      }
      throw e;
    } finally {
      synchronized (beginning) {
        waiting = null;
        if (closed) {
          Thread.interrupted(); // ours, and done with
        }
      }
    }
  }

  /** Whether anything was sent, or may have been. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether it was ended before there was an answer. */
  boolean isClosed() {
    return closed;
  }

  /** Whether the client has told the server itself that it waits no more. */
  boolean isCancelled() {
    return cancelled;
  }

  /** Whether the stream can be asked for again, by the ids of its events. */
  boolean isResumable() {
    return resumable;
  }

  /** An error about a message that could not be read has no id; of a single body it is ours. */
  private static boolean answers(Message message, @Nullable MessageId id) {
    return message.id() == null
        ? message.kind() == Kind.ERROR
        : id != null && id.equals(message.id());
  }

  private Message read(SseEvent event, UpstreamReply from) throws UpstreamException {
    try {
      return Message.ofServer(event.data(), bounds);
    } catch (MalformedMessageException e) {
      throw from.status() >= 400
          ? new UpstreamException(
              Reached.UNKNOWN,
              "The server refused the request with status " + from.status() + ".",
              "Begin a new session and ask again; tell an administrator if it stays like this.",
              null)
          : new UpstreamException(
              Reached.UNKNOWN,
              "The server's answer cannot be read.",
              "It may have done what was asked: look before you ask again, and tell an"
                  + " administrator.",
              null);
    }
  }

  /** The same event, with what its message says masked. */
  static SseEvent masked(SseEvent event, Message message, UnaryOperator<Json> mask) {
    byte[] shown = Passing.masked(message, mask).utf8();
    return Arrays.equals(shown, event.data()) ? event : event.withData(shown);
  }

  private static UpstreamException gone() {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The client went away before the answer came.",
        "It may have been done: look before you ask again.",
        null);
  }

  /** Ends it; the client has told the server. */
  void cancel() {
    cancelled = true;
    close();
  }

  /** Ends it; whoever waits for the answer gets none. */
  @Override
  public void close() {
    synchronized (beginning) {
      closed = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
    UpstreamReply opened = reply;
    if (opened != null) {
      opened.close();
    }
  }
}
