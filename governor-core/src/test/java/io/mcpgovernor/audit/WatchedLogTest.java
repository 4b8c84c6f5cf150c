package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An observer sees what becomes of records and has no say in it. */
final class WatchedLogTest {
  @TempDir private Path directory;

  private static AuditRecord record(String action) {
    return AuditRecord.of(Event.ADMIN, Status.SUCCESS, Instant.EPOCH, "host", action).build();
  }

  @Test
  void theObserverSeesWhatIsKeptAndWhatIsNot() throws Exception {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    AuditLog log =
        AuditLog.watched(
            JsonlAuditLog.open(directory, Durability.FLUSH),
            new AuditObserver() {
              @Override
              public void appending(AuditRecord record) {
                seen.add("appending " + record.toolName());
              }

              @Override
              public void appended(AuditRecord record, long nanos, @Nullable Throwable failure) {
                seen.add((failure == null ? "kept " : "lost ") + record.toolName());
              }
            });
    log.append(record("a")).toCompletableFuture().join();
    log.appendHere(record("b")).toCompletableFuture().join();
    log.close();
    assertThat(log.append(record("c")).toCompletableFuture()).isCompletedExceptionally();
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "appending a", "kept a", "appending b", "kept b", "appending c", "lost c");
  }

  @Test
  void anObserverThatThrowsHarmsNoRecord() throws Exception {
    try (AuditLog log =
        AuditLog.watched(
            JsonlAuditLog.open(directory, Durability.FLUSH),
            new AuditObserver() {
              @Override
              public void appending(AuditRecord record) {
                throw new IllegalStateException("before");
              }

              @Override
              public void appended(AuditRecord record, long nanos, @Nullable Throwable failure) {
                throw new IllegalStateException("after");
              }
            })) {
      assertThat(log.append(record("a")).toCompletableFuture().join().seq()).isPositive();
      assertThat(log.readLogs(1).get(0).object()).containsEntry("tool_name", "a");
    }
  }
}
