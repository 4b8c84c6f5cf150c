package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditLog.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings records to one sink: a bounded queue and a daemon thread. Records that find the queue full
 * are dropped, for this sink only. Thread-safe.
 */
final class SinkFeed {
  /** As many as may wait for the log itself. */
  static final int QUEUE_RECORDS = 16_384;

  /** Wakes a thread that waits for records, to see that there will be no more. */
  @SuppressWarnings("UnnecessaryLambda") // one object, so that it is found among records
  private static final Runnable WAKE = () -> {};

  private final AuditSink sink;
  private final SinkTrouble trouble;
  private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE_RECORDS);
  private final Thread thread;
  private volatile boolean stopping;

  private SinkFeed(AuditSink sink) {
    this.sink = sink;
    this.trouble = new SinkTrouble(sink.getClass().getName());
    this.thread = new Thread(this::deliver, "governor-sink");
    this.thread.setDaemon(true);
  }

  static SinkFeed start(AuditSink sink) {
    SinkFeed feed = new SinkFeed(sink);
    feed.thread.start();
    return feed;
  }

  /** Queues a record; never waits. */
  void offer(AuditRecord record, Receipt receipt) {
    if (!queue.offer(() -> sink.accept(record, receipt))) {
      trouble.dropped(1);
    }
  }

  /** Lets the thread end once the queue is empty. */
  void stop() {
    stopping = true;
    // If it does not fit, the thread has something to do and will see the flag after that.
    boolean unused = queue.offer(WAKE);
  }

  /**
   * Waits until the sink has everything and is closed. One that takes longer is interrupted and
   * left to its daemon thread.
   *
   * @param until when to give up, in {@link System#nanoTime()}
   */
  void await(long until) {
    if (Thread.currentThread() == thread) {
      return; // a sink that closes its governor must not wait for itself
    }
    boolean interrupted = false;
    long left = until - System.nanoTime();
    while (thread.isAlive() && left > 0) {
      try {
        // Never 0, which would wait for ever.
        thread.join(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      } catch (InterruptedException e) {
        interrupted = true; // what is queued comes first; the interrupt is passed on below
      }
      left = until - System.nanoTime();
    }
    if (thread.isAlive()) {
      List<Runnable> late = new ArrayList<>();
      queue.drainTo(late);
      late.remove(WAKE);
      trouble.dropped(late.size());
      trouble.say();
      thread.interrupt();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver() {
    for (Runnable next = next(); next != null; next = next()) {
      run(next);
    }
    run(sink::close);
    trouble.say();
  }

  private void run(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) { // a sink may throw anything, and the next record may go well
      trouble.failed(e);
    }
  }

  /** What to do next, or null when there will be no more. */
  private @Nullable Runnable next() {
    while (true) {
      try {
        return stopping ? queue.poll() : queue.take();
      } catch (InterruptedException e) {
        // Only stop() ends this thread; whoever else interrupted it meant the sink.
      }
    }
  }
}
