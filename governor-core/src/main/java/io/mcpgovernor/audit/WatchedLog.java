package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log that an observer looks at. All but looking is the log's own business. Thread-safe. */
final class WatchedLog implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedLog.class);

  private final AuditLog log;
  private final AuditObserver observer;
  private volatile boolean complained;

  /**
   * Watches a log.
   *
   * @param log owned from now on
   */
  WatchedLog(AuditLog log, AuditObserver observer) {
    this.log = log;
    this.observer = observer;
  }

  @Override
  public CompletionStage<Receipt> append(AuditRecord record) {
    long began = begin(record);
    return watched(record, began, log.append(record));
  }

  @Override
  public CompletionStage<Receipt> appendHere(AuditRecord record) {
    long began = begin(record);
    return watched(record, began, log.appendHere(record));
  }

  private long begin(AuditRecord record) {
    try {
      observer.appending(record);
    } catch (RuntimeException e) {
      complain(e);
    }
    return System.nanoTime();
  }

  /** Gives the log's own stage: who waits for it does not wait for the observer. */
  private CompletionStage<Receipt> watched(
      AuditRecord record, long began, CompletionStage<Receipt> kept) {
    CompletionStage<Receipt> unused =
        kept.whenComplete((receipt, failure) -> tell(record, began, failure));
    return kept;
  }

  private void tell(AuditRecord record, long began, @Nullable Throwable failure) {
    try {
      observer.appended(record, System.nanoTime() - began, failure);
    } catch (RuntimeException e) {
      complain(e);
    }
  }

  private void complain(RuntimeException e) {
    if (!complained) {
      complained = true; // once: it may throw at every record
      LOG.warn("An observer of the audit log failed; calls do not", e);
    }
  }

  @Override
  public List<Json> readLogs(int limit) throws IOException {
    return log.readLogs(limit);
  }

  @Override
  public void close() {
    log.close();
  }
}
