package io.mcpgovernor.gateway.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes of messages may be in the gateway at once, of all clients and servers together, so
 * that many large ones at a time cannot exhaust the heap. Thread-safe.
 *
 * <p>Requests take from half of it, answers of servers from all of it, so that there is always room
 * for the answer to what was let in. Answers that are written are counted without waiting: they are
 * in memory already, and what waits for them is what comes next.
 */
public final class ByteBudget {
  private final long bytesMax;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();

  /**
   * A budget.
   *
   * @param bytesMax at least 1; a single message larger than its share goes through while nothing
   *     else does
   */
  public ByteBudget(long bytesMax) {
    if (bytesMax < 1) {
      throw new IllegalArgumentException("bytesMax must be at least 1");
    }
    this.bytesMax = bytesMax;
  }

  /**
   * An eighth of the heap: a message is there as it was read and as it was masked, and large arrays
   * take up to twice their size of it.
   */
  public static ByteBudget ofHeap() {
    return new ByteBudget(Math.max(1, Runtime.getRuntime().maxMemory() / 8));
  }

  /** Bytes that are in the gateway now. */
  public long used() {
    return used.get();
  }

  boolean tryTakeForRequest(long bytes) {
    return tryTake(bytes, bytesMax / 2);
  }

  boolean tryTake(long bytes) {
    return tryTake(bytes, bytesMax);
  }

  private boolean tryTake(long bytes, long max) {
    while (true) {
      long now = used.get();
      // Nothing larger than the share could ever go otherwise.
      if (now > 0 && now + bytes > max) {
        return false;
      }
      if (used.compareAndSet(now, now + bytes)) {
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
    used.addAndGet(bytes);
  }

  void giveBack(long bytes) {
    if (bytes == 0) {
      return;
    }
    used.addAndGet(-bytes);
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
