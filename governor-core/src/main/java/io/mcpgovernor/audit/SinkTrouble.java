package io.mcpgovernor.audit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a sink did not get or could not take, and says so at most once a minute: the first
 * time at once, later what has come together since. Thread-safe.
 */
final class SinkTrouble {
  private static final Logger LOG = LoggerFactory.getLogger(AuditSink.class);
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final String sink;
  private final String what;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicBoolean planned = new AtomicBoolean();
  private volatile long quietUntil = System.nanoTime();
  private volatile String lastFailure = "";

  SinkTrouble(String sink) {
    this(sink, "audit");
  }

  SinkTrouble(String sink, String what) {
    this.sink = sink;
    this.what = what;
  }

  /** Records found no place in the queue, or no time at the end. */
  void dropped(int records) {
    dropped.addAndGet(records);
    plan();
  }

  /** The sink threw. */
  void failed(Throwable thrown) {
    lastFailure = place(thrown);
    failed.incrementAndGet();
    plan();
  }

  /** Says now what has not been said yet, if there is anything; afterwards all of it is said. */
  synchronized void say() {
    planned.set(false);
    quietUntil = System.nanoTime() + MINUTE_NANOS;
    long droppedSince = dropped.getAndSet(0);
    long failedSince = failed.getAndSet(0);
    if (droppedSince + failedSince > 0) {
      LOG.warn(
          "The {} sink {} did not get all that the audit log has kept:"
              + " {} records dropped because it is too slow, {} failures{}",
          what,
          sink,
          droppedSince,
          failedSince,
          lastFailure);
    }
  }

  private void plan() {
    if (planned.compareAndSet(false, true)) {
      // Not here: this may be the audit log's thread, and a logger may be slow.
      CompletableFuture.delayedExecutor(
              Math.max(0, quietUntil - System.nanoTime()), TimeUnit.NANOSECONDS)
          .execute(this::say);
    }
  }

  /** Type and place only: the message may quote the record. */
  private static String place(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return ", the last of them "
        + thrown.getClass().getName()
        + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
