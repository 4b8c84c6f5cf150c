package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;
import io.mcpgovernor.gateway.relay.UpstreamException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients say to one process: requests under ids that the process can tell apart, and the rest
 * in between. What comes back goes through {@link Hearing}. Thread-safe.
 */
final class Conversation {
  /** How long an answer to a cancelled request may still take; there should be none. */
  private static final Duration AFTER_CANCEL = Duration.ofSeconds(2);

  private static final String INITIALIZED = "notifications/initialized";

  private final ChildProcess process;
  private final Sharing sharing;
  private final ChildFailures failures;
  private final InFlight inFlight = new InFlight();
  private final Hearing hearing;
  private final EarlyCancels earlyCancels = new EarlyCancels();
  private final Semaphore places;
  private final AtomicLong lastId = new AtomicLong();
  private volatile boolean isOver;

  Conversation(
      ChildProcess process,
      ChildOptions options,
      Sharing sharing,
      ChildFailures failures,
      Complaints complaints) {
    this.process = process;
    this.sharing = sharing;
    this.failures = failures;
    this.places = new Semaphore(options.requestsMax());
    this.hearing =
        new Hearing(inFlight, sharing, options, failures, complaints, process::mention, this::done);
    var _ = process.ended().thenRun(this::end);
    process.listen(hearing::hear);
  }

  /**
   * Asks, and waits until the answer begins.
   *
   * @param client who asks; of a process that is not shared, always the same
   */
  ChildReply ask(Message request, String client, Duration patience)
      throws UpstreamException, InterruptedException {
    MessageId id = Objects.requireNonNull(request.id());
    if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw failures.tooManyAtOnce();
    }
    Json token = WireIds.wantedToken(request);
    Message wire = request;
    MessageId wireId = id;
    if (sharing != Sharing.NOBODY) {
      wireId = new MessageId(Long.toString(lastId.incrementAndGet()));
      wire = request.withId(wireId);
      wire = token == null ? wire : WireIds.withWantedToken(wire, wireId);
    }
    Asked[] self = new Asked[1];
    ChildReply reply = new ChildReply(200, failures, patience, () -> abandon(self[0]));
    Asked asked =
        new Asked(client, id, wireId, token, request.method().equals(WireIds.LISTEN), reply);
    self[0] = asked;
    if (!inFlight.add(asked)) {
      places.release();
      throw failures.idInUse();
    }
    try {
      if (isOver) {
        throw failures.endedBefore();
      }
      if (earlyCancels.take(client, id)) {
        throw failures.cancelledBefore();
      }
      process.tell(wire.utf8());
    } catch (UpstreamException | InterruptedException e) {
      remove(asked);
      throw e;
    }
    try {
      return reply.begun();
    } catch (InterruptedException e) {
      reply.close();
      throw e;
    }
  }

  /** Says what asks for no answer: notifications, and answers to what the server asked. */
  ChildReply say(Message message, String client) throws UpstreamException, InterruptedException {
    boolean isNotification = message.kind() == Message.Kind.NOTIFICATION;
    if (isNotification && message.method().equals(WireIds.CANCELLED)) {
      cancel(message, client);
    } else if (sharing == Sharing.NOBODY
        || (sharing == Sharing.PRINCIPAL && isNotification)
        || (message.method().equals(INITIALIZED) && client.equals(ChildUpstream.GATEWAY))) {
      process.tell(message.utf8());
    }
    // Else it speaks of one client of many, or answers what that client was never asked.
    return ChildReply.empty(202, failures);
  }

  private void cancel(Message message, String client)
      throws UpstreamException, InterruptedException {
    MessageId id = WireIds.cancelled(message);
    Asked asked = id == null ? null : inFlight.of(client, id);
    if (asked != null) {
      asked.reply().hurry(AFTER_CANCEL, failures.cancelled());
      process.tell(
          asked.id().equals(asked.wireId())
              ? message.utf8()
              : WireIds.withCancelled(message, asked.wireId()).utf8());
      return;
    }
    if (id != null) {
      earlyCancels.add(client, id);
    }
    if (sharing == Sharing.NOBODY) {
      process.tell(message.utf8());
    }
  }

  /** Listens to what the server says unasked. */
  ChildReply listen(String client) {
    return hearing.listen(client);
  }

  /** A client is gone: nobody takes up its place. */
  void forget(String client) {
    hearing.forget(client);
  }

  /** Whether this client waits for an answer or listens. */
  boolean isUsedBy(String client) {
    return inFlight.isOf(client) || hearing.isListenedToBy(client);
  }

  boolean isIdle() {
    return inFlight.size() == 0 && !hearing.isListenedTo();
  }

  /** A client no longer wants an answer: the server is told, as it would be by the client. */
  private void abandon(Asked asked) {
    if (remove(asked) && !asked.reply().isHurried()) {
      process.mention(
          WireIds.withCancelled(
                  Message.notification(WireIds.CANCELLED, Json.EMPTY_OBJECT), asked.wireId())
              .utf8());
    }
  }

  private boolean remove(Asked asked) {
    boolean removed = inFlight.remove(asked);
    if (removed) {
      done();
    }
    return removed;
  }

  private void done() {
    places.release();
  }

  private void end() {
    isOver = true;
    inFlight
        .drain()
        .forEach(
            asked -> {
              done();
              asked.reply().fail(failures.endedMeanwhile());
            });
    hearing.end();
  }
}
