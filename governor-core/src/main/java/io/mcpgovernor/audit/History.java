package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the records of a directory from a moment on, oldest first, one at a time. */
final class History {
  private static final byte[] TIMESTAMP = "{\"timestamp\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int TIMESTAMP_CHARACTERS_MAX = 40;

  private History() {}

  static void readSince(Path directory, Instant since, Consumer<Json> each) throws IOException {
    List<Path> segments = AuditDirectory.segments(directory);
    for (int i = firstSince(segments, since); i < segments.size(); i++) {
      Path next = i + 1 < segments.size() ? segments.get(i + 1) : null;
      read(segments.get(i), next == null ? Long.MAX_VALUE : FirstLine.of(next).seq(), since, each);
    }
  }

  /** The newest segment that began before a moment; those before it are older still. */
  private static int firstSince(List<Path> segments, Instant since) throws IOException {
    for (int i = segments.size() - 1; i > 0; i--) {
      byte[] first = firstLine(segments.get(i));
      if (first != null && time(first, segments.get(i)).isBefore(since)) {
        return i;
      }
    }
    return 0;
  }

  private static void read(Path segment, long seqBelow, Instant since, Consumer<Json> each)
      throws IOException {
    try (SegmentLines lines = SegmentLines.open(segment)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        LineEnd end = LineEnd.of(line);
        if (end != null && end.seq() >= seqBelow) {
          return; // written again in the next segment, after a write that failed
        }
        if (!time(line, segment).isBefore(since)) {
          each.accept(Json.lenient(line));
        }
      }
    }
  }

  private static byte @Nullable [] firstLine(Path segment) throws IOException {
    try (SegmentLines lines = SegmentLines.open(segment)) {
      return lines.next();
    }
  }

  static Instant time(byte[] line, Path segment) throws IOException {
    int from = TIMESTAMP.length;
    int to = from;
    while (to < line.length && line[to] != '"' && to - from < TIMESTAMP_CHARACTERS_MAX) {
      to++;
    }
    try {
      return Instant.parse(
          new String(line, Math.min(from, to), to - Math.min(from, to), StandardCharsets.US_ASCII));
    } catch (DateTimeException e) {
      throw new IOException(
          "a line of " + segment + " is no record of an audit log: it has no time", e);
    }
  }
}
