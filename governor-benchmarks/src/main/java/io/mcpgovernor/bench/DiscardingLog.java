package io.mcpgovernor.bench;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.Json;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** For measurements that are not about audit: a million grants need not be written to disk. */
public final class DiscardingLog implements AuditLog {
  /** Keeps nothing, and says at once that it did. */
  public DiscardingLog() {}

  @Override
  public CompletionStage<Receipt> append(AuditRecord record) {
    return CompletableFuture.completedFuture(new Receipt(0));
  }

  @Override
  public List<Json> readLogs(int limit) {
    return List.of();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
