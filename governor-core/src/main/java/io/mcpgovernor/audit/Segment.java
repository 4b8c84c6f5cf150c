package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Reads one segment file from its end: the newest records first, without reading the rest. */
final class Segment {
  private static final int BLOCK_BYTES = 64 * 1024;

  private Segment() {}

  /**
   * The last records, newest first, but for checkpoints. Bytes after the last line break (a record
   * that is being written, or was torn) are no line.
   *
   * @param seqBelow records with this number and higher ones stand in the next segment, too, and
   *     count there
   * @param limit how many at most
   */
  static List<Json> lastRecords(Path file, long seqBelow, int limit) throws IOException {
    if (AuditDirectory.isCompressed(file)) {
      return lastOfAll(file, seqBelow, limit);
    }
    List<Json> lines = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Backwards bytes = new Backwards(channel);
      long end = bytes.startOfLine(channel.size());
      while (end > 0 && lines.size() < limit) {
        long start = bytes.startOfLine(end - 1);
        Json line = Json.lenient(bytes.range(start, end - 1));
        if (isWanted(line, seqBelow)) {
          lines.add(line);
        }
        end = start;
      }
    }
    return lines;
  }

  /** What is compressed can only be read from its beginning. */
  static List<Json> lastOfAll(Path file, long seqBelow, int limit) throws IOException {
    Deque<Json> newestFirst = new ArrayDeque<>();
    try (SegmentLines lines = SegmentLines.open(file)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Json record = Json.lenient(line);
        if (isWanted(record, seqBelow)) {
          newestFirst.addFirst(record);
        }
        if (newestFirst.size() > limit) {
          newestFirst.removeLast();
        }
      }
    }
    return List.copyOf(newestFirst);
  }

  private static boolean isWanted(Json line, long seqBelow) {
    if (seqBelow < Long.MAX_VALUE) {
      LineEnd end = LineEnd.of(line.utf8());
      if (end != null && end.seq() >= seqBelow) {
        return false;
      }
    }
    return !CheckpointLine.is(line);
  }

  /** Reads a file from its end, a block at a time. */
  private static final class Backwards {
    private final FileChannel channel;
    private byte[] block = new byte[0];
    private long blockFrom;

    Backwards(FileChannel channel) {
      this.channel = channel;
    }

    /** The offset after the nearest line break before {@code end}; 0 where there is none. */
    long startOfLine(long end) throws IOException {
      for (long at = end; at > 0; at--) {
        if (at <= blockFrom || at > blockFrom + block.length) {
          blockFrom = Math.max(0, at - BLOCK_BYTES);
          block = read(blockFrom, at);
        }
        if (block[(int) (at - 1 - blockFrom)] == '\n') {
          return at;
        }
      }
      return 0;
    }

    byte[] range(long from, long to) throws IOException {
      return from >= blockFrom && to <= blockFrom + block.length
          ? Arrays.copyOfRange(block, (int) (from - blockFrom), (int) (to - blockFrom))
          : read(from, to);
    }

    private byte[] read(long from, long to) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate((int) (to - from));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new EOFException("the segment was cut while it was read");
        }
      }
      return buffer.array();
    }
  }
}
