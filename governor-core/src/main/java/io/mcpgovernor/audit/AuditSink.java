package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditLog.Receipt;

/**
 * Where records go besides the audit log: a log collector, a message queue, a table of the host's
 * own. It is told of a record once the log has kept it, and has no say in whether a call runs.
 *
 * <p>A sink may be slow and may fail without harm to calls. Each has a thread and a queue of its
 * own; records that find the queue full are not given to this sink, and what it throws costs it
 * that record. Both are counted and logged. So a sink is a copy for convenience: what must be
 * complete is read from the log, or kept by an {@link AuditLog} of the host's own.
 *
 * <p>All methods are called by one thread, one after the other.
 */
@FunctionalInterface
public interface AuditSink extends AutoCloseable {
  /**
   * Takes a record, in the order in which the log kept them.
   *
   * @param record what was kept, masked strictly
   * @param receipt its place in the log; 0 from a log that acknowledges records before it has
   *     placed them, as with {@link Durability#ASYNC}
   */
  void accept(AuditRecord record, Receipt receipt);

  /** Told once, after the last record. */
  @Override
  default void close() {}
}
