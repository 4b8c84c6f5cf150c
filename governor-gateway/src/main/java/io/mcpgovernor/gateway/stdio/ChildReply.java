package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one client hears of a process: events that the process's reader puts in, and the client's
 * thread takes out. Holds one event, or several small ones.
 */
final class ChildReply implements UpstreamReply {
  private static final int EVENTS_MAX = 64;
  private static final int BYTES_MAX = 256 * 1_024;

  private final int status;
  private final ChildFailures failures;
  private final @Nullable Duration patience;
  private final Runnable whenAbandoned;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<SseEvent> events = new ArrayDeque<>();
  private volatile Headers headers = Headers.NONE;
  private int bytes;
  private boolean isComplete;
  private boolean isClosed;
  private boolean isStream;
  private boolean isError;
  private @Nullable UpstreamException failure;
  private long hurryNanos;
  private @Nullable UpstreamException hurryFailure;

  /**
   * A reply that has yet to come.
   *
   * @param patience how long the next event may take; null for ever
   * @param whenAbandoned what is done if it is closed before it was complete
   */
  ChildReply(
      int status, ChildFailures failures, @Nullable Duration patience, Runnable whenAbandoned) {
    this.status = status;
    this.failures = failures;
    this.patience = patience;
    this.whenAbandoned = whenAbandoned;
  }

  /** A reply without a body, there at once. */
  static ChildReply empty(int status, ChildFailures failures) {
    ChildReply reply = new ChildReply(status, failures, null, () -> {});
    reply.isComplete = true;
    return reply;
  }

  /** A reply with one body, there at once. */
  static ChildReply of(int status, byte[] body, ChildFailures failures) {
    ChildReply reply = new ChildReply(status, failures, null, () -> {});
    reply.events.add(SseEvent.of(body));
    reply.isComplete = true;
    return reply;
  }

  /** A reply that is a stream from the beginning. */
  ChildReply asStream() {
    isStream = true;
    return this;
  }

  void headers(Headers headers) {
    this.headers = headers;
  }

  /**
   * Puts an event in; waits while there is no room.
   *
   * @param last whether it completes the reply
   * @return whether it will be heard; false if nobody listens or nobody takes events out
   */
  boolean add(SseEvent event, boolean last, Duration wait) {
    int size = event.data().length;
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!isOver() && !events.isEmpty() && isFull(size)) {
        if (left <= 0) {
          finish(failures.notReadInTime());
          return false;
        }
        left = changed.awaitNanos(left);
      }
      if (isOver()) {
        return false;
      }
      events.add(event);
      bytes += size;
      isComplete = last;
      changed.signalAll();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull(int more) {
    return events.size() == EVENTS_MAX || bytes + more > BYTES_MAX;
  }

  private boolean isOver() {
    return isClosed || isComplete || failure != null;
  }

  /** Says that its answer will be an error of the server's. */
  void isError(boolean error) {
    lock.lock();
    try {
      isError = error;
    } finally {
      lock.unlock();
    }
  }

  /** Whether all of it is one error of the server's. */
  boolean isRefusal() {
    lock.lock();
    try {
      return isError && !isStream;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it with a failure, after what is in it already. */
  void fail(UpstreamException why) {
    lock.lock();
    try {
      if (!isOver()) {
        finish(why);
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish(UpstreamException why) {
    failure = why;
    changed.signalAll();
  }

  /** Ends a stream as its server would. */
  void complete() {
    lock.lock();
    try {
      isComplete = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the next event take no longer than this. */
  void hurry(Duration atMost, UpstreamException why) {
    lock.lock();
    try {
      if (hurryFailure == null) {
        hurryFailure = why;
        hurryNanos = System.nanoTime() + atMost.toNanos();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether its client has cancelled it, and told the process so. */
  boolean isHurried() {
    lock.lock();
    try {
      return hurryFailure != null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the answer begins. */
  ChildReply begun() throws UpstreamException, InterruptedException {
    lock.lock();
    try {
      await();
      if (events.isEmpty() && failure != null) {
        throw failure;
      }
      isStream = !(isComplete && events.size() <= 1);
      return this;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to take out, or the end. */
  private void await() throws InterruptedException {
    long begun = System.nanoTime();
    while (events.isEmpty() && !isOver()) {
      long left =
          patience == null ? Long.MAX_VALUE : patience.toNanos() - (System.nanoTime() - begun);
      UpstreamException why = hurryFailure;
      if (why != null) {
        left = Math.min(left, hurryNanos - System.nanoTime());
      }
      if (left <= 0) {
        finish(why != null ? why : failures.tooSlow(patience == null ? Duration.ZERO : patience));
        whenAbandoned.run();
        return;
      }
      changed.await(left, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public boolean isStream() {
    lock.lock();
    try {
      return isStream;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable SseEvent next() throws UpstreamException, InterruptedException {
    lock.lock();
    try {
      await();
      SseEvent event = events.poll();
      if (event != null) {
        bytes -= event.data().length;
        changed.signalAll();
        return event;
      }
      if (failure != null) {
        throw failure;
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    boolean abandoned;
    lock.lock();
    try {
      abandoned = !isOver();
      isClosed = true;
      events.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (abandoned) {
      whenAbandoned.run();
    }
  }
}
