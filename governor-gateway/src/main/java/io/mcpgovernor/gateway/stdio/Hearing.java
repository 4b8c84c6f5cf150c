package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.stdio.LineReader.Line;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one process says, and who hears it. {@link #hear} is called by one thread; the rest by any.
 *
 * <p>Answers go to who asked; progress, and what belongs to a subscription, to the request it is
 * about. Everything else bears no mark on standard output. With one request in flight it belongs
 * there, so that it arrives before that request's answer, as it was written; changed lists are of
 * all requests and none, and go to whoever listens. Otherwise whoever listens hears it, or the
 * newest request.
 */
final class Hearing {
  private static final int METHOD_NOT_FOUND = -32_601;
  private static final int INTERNAL_ERROR = -32_603;
  private static final String LIST_CHANGED = "/list_changed";
  private static final String UPDATED = "notifications/resources/updated";

  private final InFlight inFlight;
  private final Sharing sharing;
  private final ChildOptions options;
  private final ChildFailures failures;
  private final Complaints complaints;
  private final Consumer<byte[]> answer;
  private final Runnable done;
  private final Listeners listeners;

  /**
   * The ears.
   *
   * @param answer takes what the process is told
   * @param done is run for each request that is answered
   */
  Hearing(
      InFlight inFlight,
      Sharing sharing,
      ChildOptions options,
      ChildFailures failures,
      Complaints complaints,
      Consumer<byte[]> answer,
      Runnable done) {
    this.inFlight = inFlight;
    this.sharing = sharing;
    this.options = options;
    this.failures = failures;
    this.complaints = complaints;
    this.answer = answer;
    this.done = done;
    this.listeners = new Listeners(failures, options.readWait(), sharing == Sharing.NOBODY);
  }

  void hear(Line line) {
    if (line.tooLong()) {
      complaints.about("wrote more than fits into one message; it was left out");
      fail(inFlight.only());
      return;
    }
    Message message;
    try {
      message = Message.ofServer(line.bytes(), options.bounds());
    } catch (MalformedMessageException e) {
      complaints.about("wrote a line that is no message, and it was left out: " + e.getMessage());
      fail(inFlight.get(e.id()));
      return;
    }
    switch (message.kind()) {
      case RESULT, ERROR -> answered(message);
      case NOTIFICATION -> notified(message);
      case REQUEST -> requested(message);
    }
  }

  private void fail(@Nullable Asked asked) {
    if (asked != null && inFlight.remove(asked)) {
      done.run();
      asked.reply().fail(failures.unreadable());
    }
  }

  private void answered(Message message) {
    MessageId id = message.id();
    Asked asked = id == null ? null : inFlight.remove(id);
    if (asked == null) {
      complaints.about("answered what it was not asked, or a second time; it was left out");
      return;
    }
    done.run();
    asked.reply().isError(message.kind() == Message.Kind.ERROR);
    asked.reply().add(SseEvent.of(asked.restored(message).utf8()), true, options.readWait());
  }

  private void notified(Message message) {
    Asked of = inFlight.get(WireIds.subscription(message));
    if (of != null) {
      deliver(of, shared() ? WireIds.withSubscription(message, of.id()) : message);
    } else if (message.method().equals(WireIds.PROGRESS) && progress(message)) {
      return;
    } else if (message.method().equals(WireIds.CANCELLED) && closed(message)) {
      return;
    } else if (message.method().endsWith(LIST_CHANGED)) {
      listChanged(message);
    } else if (!pass(message)) {
      complaints.about("said something unasked while nobody listened; it was left out");
    }
  }

  private boolean progress(Message message) {
    MessageId token = WireIds.token(message);
    Asked of = token == null ? null : shared() ? inFlight.get(token) : inFlight.byToken(token);
    if (of != null) {
      Json own = of.token();
      deliver(of, shared() && own != null ? WireIds.withToken(message, own) : message);
    }
    return of != null;
  }

  /** The server ends a subscription. */
  private boolean closed(Message message) {
    Asked of = inFlight.get(WireIds.cancelled(message));
    if (of == null || !of.listens() || !inFlight.remove(of)) {
      return false;
    }
    done.run();
    Message own = shared() ? WireIds.withCancelled(message, of.id()) : message;
    of.reply().add(SseEvent.of(own.utf8()), true, options.readWait());
    return true;
  }

  private void listChanged(Message message) {
    SseEvent event = SseEvent.of(message.utf8());
    if (!listeners.tellAll(event) && sharing == Sharing.NOBODY && !pass(message)) {
      complaints.about("said that a list changed while nobody listened; it was left out");
    }
  }

  private void requested(Message message) {
    MessageId id = Objects.requireNonNull(message.id());
    if (sharing == Sharing.NOBODY && pass(message)) {
      return;
    }
    Message own;
    if (message.method().equals("ping")) {
      own = Message.result(id, Json.EMPTY_OBJECT);
    } else if (shared()) {
      own =
          Message.error(
              id,
              METHOD_NOT_FOUND,
              "This server is shared by several clients, and can ask none of them.",
              null);
    } else {
      own = Message.error(id, INTERNAL_ERROR, "The client does not listen.", null);
    }
    answer.accept(own.utf8());
  }

  /** Passes on what bears no mark of whom it is for; false if there is nobody for certain. */
  private boolean pass(Message message) {
    SseEvent event = SseEvent.of(message.utf8());
    if (sharing == Sharing.EVERYBODY) {
      return false;
    }
    Asked only = message.method().equals(UPDATED) ? null : inFlight.only();
    if (only != null && only.reply().add(event, false, options.readWait())) {
      return true;
    }
    if (listeners.tellAll(event)) {
      return true;
    }
    Asked newest = inFlight.newest();
    return (newest != null && newest.reply().add(event, false, options.readWait()))
        || listeners.keep(event);
  }

  private void deliver(Asked of, Message message) {
    of.reply().add(SseEvent.of(message.utf8()), false, options.readWait());
  }

  private boolean shared() {
    return sharing != Sharing.NOBODY;
  }

  ChildReply listen(String client) {
    return listeners.listen(client);
  }

  void forget(String client) {
    listeners.forget(client);
  }

  boolean isListenedToBy(String client) {
    return listeners.isOne(client);
  }

  boolean isListenedTo() {
    return listeners.isAny();
  }

  void end() {
    listeners.end();
  }
}
