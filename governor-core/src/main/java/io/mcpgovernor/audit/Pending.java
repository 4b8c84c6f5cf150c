package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditLog.Receipt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A record on its way, and the receipt that its caller waits for. */
final class Pending extends CompletableFuture<Receipt> {
  final AuditRecord record;

  /** What it takes of the queue's room. */
  final int bytes;

  /** The key that signs from this record on, if it says that there is one. */
  final @Nullable CheckpointKey nextKey;

  /** Its place in the log, once it has one. Set by the writer's thread. */
  long seq;

  Pending(AuditRecord record) {
    this(record, null);
  }

  Pending(AuditRecord record, @Nullable CheckpointKey nextKey) {
    this.record = record;
    this.bytes = record.bytesEstimate();
    this.nextKey = nextKey;
  }
}
