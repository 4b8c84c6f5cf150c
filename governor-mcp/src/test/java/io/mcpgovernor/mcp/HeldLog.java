package io.mcpgovernor.mcp;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log on a slow disk: nothing counts as kept before the test says so. Thread-safe. */
final class HeldLog implements AuditLog {
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private final List<Json> records = new ArrayList<>();
  private final List<String> threads = new ArrayList<>();

  @Override
  public synchronized CompletionStage<Receipt> append(AuditRecord record) {
    records.add(record.toJson());
    threads.add(Thread.currentThread().getName());
    Receipt receipt = new Receipt(records.size());
    return letGo.thenApply(kept -> receipt);
  }

  /** Keeps what was appended and is appended from now on. The caller is the log's own thread. */
  void letGo() {
    letGo.complete(null);
  }

  /** The records of an event, oldest first. */
  synchronized List<Map<String, Object>> records(String event) {
    return records.stream()
        .<Map<String, Object>>map(Json::object)
        .filter(record -> event.equals(record.get("event")))
        .toList();
  }

  /** On which threads the records of an event were made. */
  synchronized List<String> threads(String event) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      if (event.equals(records.get(i).object().get("event"))) {
        found.add(threads.get(i));
      }
    }
    return found;
  }

  @Override
  public synchronized List<Json> readLogs(int limit) {
    List<Json> newestFirst = new ArrayList<>(records);
    Collections.reverse(newestFirst);
    return newestFirst.subList(0, Math.min(limit, newestFirst.size()));
  }

  @Override
  public void close() {}
}
