package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What a segment begins with.
 *
 * @param seq the number of its first record; the largest there is where it has none yet
 * @param at when that was written; the earliest there is where nobody knows
 * @param isCheckpoint whether it is a checkpoint of all that came before
 */
record FirstLine(long seq, Instant at, boolean isCheckpoint) {
  private static final FirstLine NONE = new FirstLine(Long.MAX_VALUE, Instant.MIN, false);

  static FirstLine of(Path segment) throws IOException {
    try (SegmentLines lines = SegmentLines.open(segment)) {
      byte[] line = lines.next();
      LineEnd end = line == null ? null : LineEnd.of(line);
      if (line == null || end == null) {
        return NONE;
      }
      return new FirstLine(
          end.seq(), History.time(line, segment), CheckpointLine.is(Json.lenient(line)));
    }
  }
}
