package io.mcpgovernor.config.check;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.Json;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps nothing. An engine can start with it and be asked; as it takes no record of a call, no tool
 * can ever run. Thread-safe.
 */
final class UnkeptLog implements AuditLog {
  private static final Receipt UNPLACED = new Receipt(0);

  @Override
  public CompletionStage<Receipt> append(AuditRecord record) {
    return record.event() == AuditRecord.Event.ADMIN
        ? CompletableFuture.completedFuture(UNPLACED)
        : CompletableFuture.failedFuture(
            new IllegalStateException("this governor is only asked, so nothing may run"));
  }

  @Override
  public List<Json> readLogs(int limit) {
    return List.of();
  }

  @Override
  public void close() {}
}
