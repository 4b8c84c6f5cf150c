package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flood of denials from filling the disk: beyond a limit, the denials of one principal in a
 * minute are only counted, and one record says how many there were. Minutes are the same for all,
 * so that there is one table, bounded: principals for whom there is no room share a row.
 * Thread-safe.
 */
final class DenialFlood {
  static final int PRINCIPALS_MAX = 10_000;

  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Key OTHERS = new Key("", "");
  private static final String SEVERAL = "*";

  /** Who is counted apart. */
  private record Key(String issuer, String subject) {
    static Key of(AuditRecord record) {
      Principal principal = record.principal();
      return new Key(principal == null ? "" : String.valueOf(principal.issuer()), record.user());
    }
  }

  /** The denials of one principal in this minute. */
  private static final class Row {
    int recorded;
    long counted;
    @Nullable AuditRecord first;
    String tool = "";
    String code = "";

    void count(AuditRecord denied) {
      String itsCode = denied.code() == null ? "" : denied.code();
      if (first == null) {
        first = denied.shortened(); // its arguments would be held for a minute
        tool = denied.toolName();
        code = itsCode;
      }
      tool = tool.equals(denied.toolName()) ? tool : SEVERAL;
      code = code.equals(itsCode) ? code : SEVERAL;
      counted++;
    }
  }

  private final int perMinute;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Row> rows = new HashMap<>();
  private final ArrayDeque<AuditRecord> finished = new ArrayDeque<>();
  private long minuteEnds;
  private boolean isCounting;

  DenialFlood(int perMinute, TimeSource time) {
    this.perMinute = perMinute;
    this.time = time;
    this.minuteEnds = time.nanos() + MINUTE_NANOS;
  }

  /** Counts a denial; says whether it is to be recorded by itself. */
  boolean isRecorded(AuditRecord record) {
    if (record.event() != Event.DENIED) {
      return true;
    }
    Key key = Key.of(record);
    lock.lock();
    try {
      endMinute();
      Row row = rows.get(key);
      if (row == null) {
        row =
            rows.computeIfAbsent(rows.size() < PRINCIPALS_MAX ? key : OTHERS, unknown -> new Row());
      }
      if (row.recorded < perMinute) {
        row.recorded++;
        return true;
      }
      row.count(record);
      isCounting = true;
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** When there will be something to record, in the clock's nanoseconds; null if nothing. */
  @Nullable Long due() {
    lock.lock();
    try {
      return isCounting ? (Long) minuteEnds : null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The counts of the minutes that have ended, each once.
   *
   * @param isLast whether this minute has ended, too
   */
  List<AuditRecord> take(boolean isLast) {
    lock.lock();
    try {
      if (isLast) {
        finish();
      } else {
        endMinute();
      }
      if (finished.isEmpty()) {
        return List.of();
      }
      List<AuditRecord> taken = new ArrayList<>(finished);
      finished.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what could not be recorded, as far as there is room. */
  void putBack(Collection<AuditRecord> records) {
    lock.lock();
    try {
      for (AuditRecord record : records) {
        if (finished.size() < PRINCIPALS_MAX) {
          finished.add(record);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void endMinute() {
    long now = time.nanos();
    if (now - minuteEnds >= 0) {
      finish();
      minuteEnds = now + MINUTE_NANOS;
    }
  }

  private void finish() {
    Instant at = time.now();
    rows.forEach(
        (key, row) -> {
          AuditRecord first = row.first;
          if (first != null && finished.size() < 2 * PRINCIPALS_MAX) {
            boolean isShared = key.equals(OTHERS);
            finished.add(
                AuditRecord.counted(
                    first,
                    at,
                    isShared ? SEVERAL : first.user(),
                    row.tool,
                    row.code,
                    row.counted,
                    first.at()));
          }
        });
    rows.clear();
    isCounting = false;
  }
}
