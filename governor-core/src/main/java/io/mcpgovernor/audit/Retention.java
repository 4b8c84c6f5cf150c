package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which segments are no longer kept: closed ones only, the oldest first, whole, and covered by the
 * checkpoint that begins the segment after them.
 */
final class Retention {
  /** Their names have to fit into the room that an outcome has, when the disk is full. */
  static final int SEGMENTS_MAX = 64;

  private final AuditOptions options;
  private final TimeSource time;
  private final Instant opened;
  private final long openedNanos;

  Retention(AuditOptions options) {
    this.options = options;
    this.time = options.time();
    this.opened = time.now();
    this.openedNanos = time.nanos();
  }

  /**
   * What is to go.
   *
   * @param segments the oldest first
   * @param lastSeq the number of the newest record among them
   */
  record Doomed(List<Path> segments, long lastSeq) {
    /** As it is put on record. */
    Json toJson() {
      return Json.of(
          Map.of(
              "deleted",
              segments.stream().map(segment -> String.valueOf(segment.getFileName())).toList(),
              "last_seq",
              lastSeq));
    }
  }

  /** What is to go now; nothing is deleted. */
  Doomed doomed(Path directory) throws IOException {
    Instant now = now();
    List<Path> segments = AuditDirectory.segments(directory);
    long total = 0;
    for (Path segment : segments) {
      total += sizeOf(segment);
    }
    List<Path> doomed = new ArrayList<>();
    long lastSeq = 0;
    for (int i = 0; i + 1 < segments.size() && doomed.size() < SEGMENTS_MAX; i++) {
      FirstLine next = FirstLine.of(segments.get(i + 1));
      if (!next.isCheckpoint() || !(total > options.keepBytes() || isOld(next.at(), now))) {
        break;
      }
      doomed.add(segments.get(i));
      lastSeq = next.seq() - 1;
      total -= sizeOf(segments.get(i));
    }
    return new Doomed(doomed, lastSeq);
  }

  /** Not later than time that passed can explain: a clock that is set ahead deletes nothing. */
  private Instant now() {
    Instant passed = opened.plusNanos(time.nanos() - openedNanos);
    Instant now = time.now();
    return now.isAfter(passed) ? passed : now;
  }

  /** All records of a segment are older than the first one of the next. */
  private boolean isOld(Instant nextBegan, Instant now) {
    Duration keepFor = options.keepFor();
    return keepFor != null && nextBegan.isBefore(now.minus(keepFor));
  }

  private static long sizeOf(Path segment) throws IOException {
    for (Path name : AuditDirectory.names(segment)) {
      if (Files.exists(name)) {
        return Files.size(name);
      }
    }
    return 0;
  }
}
