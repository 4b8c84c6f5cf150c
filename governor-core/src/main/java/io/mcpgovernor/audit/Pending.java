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

  /** Whether it is kept in the room for outcomes if there is no other: more is freed by it. */
  final boolean freesRoom;

  /** Its place in the log, once it has one. Set by whoever writes. */
  long seq;

  Pending(AuditRecord record) {
    this(record, null, false);
  }

  Pending(AuditRecord record, CheckpointKey nextKey) {
    this(record, nextKey, false);
  }

  private Pending(AuditRecord record, @Nullable CheckpointKey nextKey, boolean freesRoom) {
    this.record = record;
    this.bytes = record.bytesEstimate();
    this.nextKey = nextKey;
    this.freesRoom = freesRoom;
  }

  /** What has to be on record before something is deleted. */
  static Pending freesRoom(AuditRecord record) {
    return new Pending(record, null, true);
  }
}
