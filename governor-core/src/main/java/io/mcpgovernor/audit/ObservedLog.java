package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A log with sinks beside it. What the log keeps is queued for each sink before anybody else hears
 * of it; everything else is the log's own business. Thread-safe.
 */
final class ObservedLog implements AuditLog {
  private static final Duration CLOSING_TIMEOUT = Duration.ofSeconds(5);

  /** For a log of the host's own that keeps records but counts nothing. */
  private static final Receipt UNPLACED = new Receipt(0);

  private final AuditLog log;
  private final List<SinkFeed> feeds;
  private final Duration closingTimeout;
  private final ReentrantLock order = new ReentrantLock();

  /**
   * @param log owned from now on
   * @param sinks owned from now on
   */
  ObservedLog(AuditLog log, List<AuditSink> sinks) {
    this(log, sinks, CLOSING_TIMEOUT);
  }

  ObservedLog(AuditLog log, List<AuditSink> sinks, Duration closingTimeout) {
    this.log = log;
    this.closingTimeout = closingTimeout;
    this.feeds = sinks.stream().map(SinkFeed::start).toList();
  }

  @Override
  public CompletionStage<Receipt> append(AuditRecord record) {
    // A record may be kept before its continuation is in place, which then runs here. Nobody else
    // appends meanwhile, so no later record can get ahead of it.
    order.lock();
    try {
      // The log's own stage goes to nobody: whoever waits for a stage may run its continuations,
      // beside the log's thread and so out of order.
      return log.append(record)
          .whenComplete(
              (receipt, failure) -> {
                if (failure == null) {
                  Receipt known = receipt == null ? UNPLACED : receipt;
                  feeds.forEach(feed -> feed.offer(record, known));
                }
              });
    } finally {
      order.unlock();
    }
  }

  @Override
  public List<Json> readLogs(int limit) throws IOException {
    return log.readLogs(limit);
  }

  /** Closes the log, then gives the sinks some time for what is queued. */
  @Override
  public void close() {
    try {
      log.close();
    } finally {
      feeds.forEach(SinkFeed::stop);
      long until = System.nanoTime() + closingTimeout.toNanos();
      feeds.forEach(feed -> feed.await(until));
    }
  }
}
