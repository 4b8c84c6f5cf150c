package io.mcpgovernor.audit;

import org.jspecify.annotations.Nullable;

/**
 * Is told of each record that is appended, whether or not it is kept: for metrics. It is told on
 * the threads of calls, so it must return within a microsecond or so and never block; what it
 * throws harms no call. Thread-safe.
 */
public interface AuditObserver {
  /** A record is about to be appended. */
  void appending(AuditRecord record);

  /**
   * A record was kept, or was not.
   *
   * @param nanos how long that took
   * @param failure why it is not kept; null if it is
   */
  void appended(AuditRecord record, long nanos, @Nullable Throwable failure);
}
