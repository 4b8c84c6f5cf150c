package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps records. Nothing runs and nothing is released before the log has said that its record is
 * kept, so an implementation decides what "kept" means, and answers for it. Thread-safe.
 */
public interface AuditLog extends AutoCloseable {
  /**
   * Says that a record is kept.
   *
   * @param seq its place in the log, counted from 1; 0 where the log says that a record is kept
   *     before it has placed it
   */
  record Receipt(long seq) {}

  /**
   * Keeps a record. Never blocks.
   *
   * @return completes when the record is kept; completes exceptionally when it is not, and then the
   *     call it belongs to is not run, or its result not released. Completed by the thread that
   *     writes, the log's own or another caller's: whoever has more than a moment's work to do
   *     moves it to another.
   */
  CompletionStage<Receipt> append(AuditRecord record);

  /**
   * Like {@link #append}, for threads that may wait for a disk: they may write the record
   * themselves, where waking another thread would take longer. An interrupt does no harm to it.
   */
  default CompletionStage<Receipt> appendHere(AuditRecord record) {
    return append(record);
  }

  /**
   * The newest records, newest first.
   *
   * @param limit how many at most, at least 0
   * @throws IOException if the log cannot be read
   */
  List<Json> readLogs(int limit) throws IOException;

  /** Keeps what was appended so far, then refuses more. */
  @Override
  void close();

  /** A log whose observer is told of each record that is appended; it owns the log. */
  static AuditLog watched(AuditLog log, AuditObserver observer) {
    return new WatchedLog(log, observer);
  }

  /**
   * A log with sinks beside it, which are told of every record that the log has kept, in the order
   * in which it kept them. It owns both and closes them: the log first, then the sinks, which get
   * five seconds for what still waits for them.
   *
   * @param log says what is kept; its {@code append} is called by one thread at a time
   * @param sinks what else is told; with none, the answer is the log itself
   */
  static AuditLog withSinks(AuditLog log, List<AuditSink> sinks) {
    return sinks.isEmpty() ? log : new ObservedLog(log, sinks);
  }
}
