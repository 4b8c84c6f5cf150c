package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one segment file from its end: the newest records first, without reading the rest. */
final class Segment {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int SEQ_BYTES = 32;
  private static final Pattern SEQ = Pattern.compile(",\"seq\":(\\d{1,18})}$");

  private Segment() {}

  /**
   * The last complete lines, newest first. Bytes after the last line break (a record that is being
   * written, or was torn) are no line.
   *
   * @param limit how many at most
   */
  static List<Json> lastLines(Path file, int limit) throws IOException {
    if (AuditDirectory.isCompressed(file)) {
      return lastOfAll(file, limit);
    }
    List<Json> lines = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Backwards bytes = new Backwards(channel);
      long end = bytes.startOfLine(channel.size());
      while (end > 0 && lines.size() < limit) {
        long start = bytes.startOfLine(end - 1);
        lines.add(Json.lenient(bytes.range(start, end - 1)));
        end = start;
      }
    }
    return lines;
  }

  /** What is compressed can only be read from its beginning. */
  private static List<Json> lastOfAll(Path file, int limit) throws IOException {
    Deque<Json> newestFirst = new ArrayDeque<>();
    try (SegmentLines lines = SegmentLines.open(file)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        newestFirst.addFirst(Json.lenient(line));
        if (newestFirst.size() > limit) {
          newestFirst.removeLast();
        }
      }
    }
    return List.copyOf(newestFirst);
  }

  /** The sequence number of the last record of a file; 0 where it has none. */
  static long lastSeq(Path file) throws IOException {
    List<Json> last = lastLines(file, 1);
    if (last.isEmpty()) {
      return 0;
    }
    // The log adds it at the very end, so whatever else the record holds need not be understood.
    byte[] line = last.get(0).utf8();
    int tail = Math.max(0, line.length - SEQ_BYTES);
    Matcher seq = SEQ.matcher(new String(line, tail, line.length - tail, StandardCharsets.UTF_8));
    if (!seq.find()) {
      throw new IOException(
          "the last record of " + file + " cannot be read; move the file aside to go on");
    }
    return Long.parseLong(seq.group(1));
  }

  /**
   * Moves what stands after the last line break into a file of its own.
   *
   * @return that file, or null if nothing was torn
   */
  static @Nullable Path cutTornTail(FileChannel channel, Path file) throws IOException {
    long size = channel.size();
    long end = new Backwards(channel).startOfLine(size);
    if (end == size) {
      return null;
    }
    String name = file.getFileName() + ".torn-" + end;
    Path aside = file.resolveSibling(name);
    for (int i = 2; Files.exists(aside); i++) {
      aside = file.resolveSibling(name + "-" + i); // an earlier crash tore it at the same place
    }
    try (FileChannel torn = AuditDirectory.create(aside)) {
      for (long at = end; at < size; ) {
        at += channel.transferTo(at, size - at, torn);
      }
      torn.force(true);
    }
    channel.truncate(end);
    return aside;
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
