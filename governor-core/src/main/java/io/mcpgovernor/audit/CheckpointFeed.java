package io.mcpgovernor.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings checkpoints to one sink on a daemon thread. When they come faster than the sink takes
 * them, the oldest one makes room: the newest covers it. Thread-safe.
 */
final class CheckpointFeed {
  private static final int QUEUE_NOTES = 64;

  private final CheckpointSink sink;
  private final SinkTrouble trouble;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<String> notes = new ArrayDeque<>();
  private final Thread thread;
  private boolean stopping;

  /** The thread starts with the first checkpoint. */
  CheckpointFeed(CheckpointSink sink) {
    this.sink = sink;
    this.trouble = new SinkTrouble(sink.getClass().getName(), "checkpoint");
    this.thread = new Thread(this::deliver, "governor-checkpoints");
    this.thread.setDaemon(true);
  }

  /** Queues a checkpoint; never waits. */
  void offer(String note) {
    lock.lock();
    try {
      if (notes.size() == QUEUE_NOTES) {
        notes.removeFirst();
        trouble.dropped(1);
      }
      notes.addLast(note);
      if (thread.getState() == Thread.State.NEW) {
        thread.start();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Delivers what is queued, for a while, and ends. */
  void close(long timeoutMillis) {
    lock.lock();
    try {
      stopping = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (Thread.currentThread() == thread) {
      return;
    }
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    boolean interrupted = false;
    for (long left = timeoutMillis;
        thread.isAlive() && left > 0;
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        interrupted = true; // the last checkpoint comes first; the interrupt is passed on below
      }
    }
    thread.interrupt();
    trouble.say();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver() {
    for (String note = next(); note != null; note = next()) {
      try {
        sink.accept(note);
      } catch (Throwable e) { // a sink may throw anything, and the next checkpoint may go well
        trouble.failed(e);
      }
    }
  }

  private @Nullable String next() {
    lock.lock();
    try {
      while (notes.isEmpty()) {
        if (stopping) {
          return null;
        }
        changed.awaitUninterruptibly();
      }
      return notes.removeFirst();
    } finally {
      lock.unlock();
    }
  }
}
