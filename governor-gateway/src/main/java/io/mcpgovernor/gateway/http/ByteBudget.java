package io.mcpgovernor.gateway.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes of messages may be in the gateway at once, of all clients and servers together, so
 * that many large ones at a time cannot exhaust the heap. Thread-safe.
 *
 * <p>Half of it is for requests and half for answers, so that what was let in can always be
 * answered. For requests there is room or not; answers of servers wait for it. Answers that are
 * written are counted without waiting: they are in memory already, and what waits for them is what
 * comes next.
 */
public final class ByteBudget {
  private final long halfMax;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();

  /**
   * A budget.
   *
   * @param bytesMax at least 1; a single message larger than its half goes through while no other
   *     does
   */
  public ByteBudget(long bytesMax) {
    if (bytesMax < 1) {
      throw new IllegalArgumentException("bytesMax must be at least 1");
    }
    halfMax = Math.max(1, bytesMax / 2);
  }

  /**
   * A quarter of the heap: a message is there as it was read and as it was masked, and large arrays
   * take up to twice their size of it.
   */
  public static ByteBudget ofHeap() {
    return new ByteBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Bytes that are in the gateway now. */
  public long used() {
    return requests.get() + answers.get();
  }

  boolean tryTakeForRequest(long bytes) {
    return tryTake(requests, bytes);
  }

  void giveBackOfRequest(long bytes) {
    requests.addAndGet(-bytes);
  }

  boolean tryTake(long bytes) {
    return tryTake(answers, bytes);
  }

  private boolean tryTake(AtomicLong half, long bytes) {
    while (true) {
      long now = half.get();
      // Nothing larger than the half could ever go otherwise.
      if (now > 0 && now + bytes > halfMax) {
        return false;
      }
      if (half.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
  }

  /** Takes them, waiting for them until then; false if there is no room until then. */
  boolean take(long bytes, long deadlineNanos) throws InterruptedException {
    if (tryTake(bytes)) {
      return true;
    }
    lock.lockInterruptibly();
    try {
      waiting.incrementAndGet();
      long left = deadlineNanos - System.nanoTime();
      while (!tryTake(bytes)) {
        if (left <= 0) {
          return false;
        }
        left = released.awaitNanos(left);
      }
      return true;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  /** Counts bytes that are there already. */
  void add(long bytes) {
    answers.addAndGet(bytes);
  }

  void giveBack(long bytes) {
    if (bytes == 0) {
      return;
    }
    answers.addAndGet(-bytes);
    if (waiting.get() > 0) {
      lock.lock();
      try {
        released.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
