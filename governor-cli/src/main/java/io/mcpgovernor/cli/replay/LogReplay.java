package io.mcpgovernor.cli.replay;

import io.mcpgovernor.Replay;
import io.mcpgovernor.Replay.Replayed;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.cli.audit.FoundRecord;
import io.mcpgovernor.cli.audit.LogEntry;
import io.mcpgovernor.cli.audit.MergedScan;
import io.mcpgovernor.cli.audit.Moment;
import io.mcpgovernor.cli.audit.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of logs through a replay, oldest first, one at a time. All of them, also those
 * that are not asked for: limits count them.
 */
public final class LogReplay {
  private static final String COUNTED = "a denial that is only counted on record";
  private static final String UNREADABLE = "a record that lacks what every call has";

  /** Is told now and then how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** So many records were read; this is of the last one. */
    void read(long records, LogEntry last);
  }

  private final Replay replay;
  private final long sinceMicros;
  private final @Nullable String user;
  private final Progress progress;
  private final boolean asksAboutResults;
  private final ReplayTally tally = new ReplayTally();

  /**
   * A replay of logs.
   *
   * @param replay has taken nothing yet
   * @param sinceMicros calls before this are not added up, microseconds since 1970
   * @param user only calls of this user are added up; null for all
   * @param progress is told of every record
   */
  public LogReplay(Replay replay, long sinceMicros, @Nullable String user, Progress progress) {
    this.replay = replay;
    this.sinceMicros = sinceMicros;
    this.user = user;
    this.progress = progress;
    this.asksAboutResults = replay.asksAboutResults();
  }

  /**
   * Reads logs, once.
   *
   * @param trouble is told of lines and segments that cannot be read
   * @throws IOException if a log cannot be read at all
   */
  public ReplayTally run(List<Path> logs, Trouble trouble) throws IOException {
    long records = 0;
    try (MergedScan scan = new MergedScan(logs, trouble)) {
      for (FoundRecord found = scan.next(); found != null; found = scan.next()) {
        take(found);
        progress.read(++records, found.entry());
      }
    }
    return tally;
  }

  private void take(FoundRecord found) {
    LogEntry entry = found.entry();
    if (!isOfInterest(entry)) {
      return;
    }
    boolean isCounted = entry.callId() == null;
    try {
      Replayed replayed = replay.take(Json.lenient(found.line()).object());
      if (isAskedFor(entry)) {
        if (isCounted) {
          unreplayable(entry, COUNTED);
        } else if (replayed != null) {
          tally.add(replayed, entry.event().equals("outcome"));
        }
      }
    } catch (IllegalArgumentException | MalformedJsonException e) {
      if (isAskedFor(entry)) {
        unreplayable(entry, UNREADABLE);
      }
    }
  }

  /** Whether it is worth a tree of its values: half of all records are outcomes. */
  private boolean isOfInterest(LogEntry entry) {
    return switch (entry.event()) {
      case "attempt", "denied" -> true;
      case "outcome" -> asksAboutResults || (entry.code() != null && isRule(entry.code()));
      default -> false;
    };
  }

  private static boolean isRule(String code) {
    return code.startsWith("rule:");
  }

  private boolean isAskedFor(LogEntry entry) {
    return entry.atMicros() >= sinceMicros && (user == null || user.equals(entry.user()));
  }

  private void unreplayable(LogEntry entry, String why) {
    tally.addUnreplayable(Moment.of(entry.atMicros()), why, entry.count());
  }
}
