package io.mcpgovernor.test;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A log that also notes which records a call left: an allowed call's answer does not say under
 * which id it is on record. The first record of a call is made on the thread that calls, unless a
 * rule of the host's took its time to answer. Thread-safe.
 */
final class NotedLog implements AuditLog {
  private static final class Note {
    private @Nullable String callId;
  }

  /** What came out of a call, and its id on record where that is known. */
  record Noted<T>(T value, @Nullable String callId) {}

  /** The call this thread is making, of whichever log: a thread makes one at a time. */
  private static final ThreadLocal<@Nullable Note> CALLING = new ThreadLocal<>();

  private final AuditLog log;

  NotedLog(AuditLog log) {
    this.log = log;
  }

  /** Makes one call on this thread. */
  <T> Noted<T> noting(Supplier<T> call) {
    Note note = new Note();
    CALLING.set(note);
    try {
      return new Noted<>(call.get(), note.callId);
    } finally {
      CALLING.remove();
    }
  }

  @Override
  public CompletionStage<Receipt> append(AuditRecord record) {
    Note note = CALLING.get();
    if (note != null
        && note.callId == null
        && record.toJson().object().get("call_id") instanceof String id) {
      note.callId = id;
    }
    return log.append(record);
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
