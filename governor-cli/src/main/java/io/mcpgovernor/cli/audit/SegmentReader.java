package io.mcpgovernor.cli.audit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a segment from some place on, in order, plain or compressed alike. Places count
 * bytes of the content. The bytes after the last line break are no line: they are being written, or
 * were torn. Not thread-safe.
 */
final class SegmentReader implements AutoCloseable {
  /** Longer lines are skipped, and count as bad. A record of ours is cut long before. */
  static final int LINE_BYTES_MAX = 8 << 20;

  private static final int BUFFER_BYTES = 128 * 1024;

  private final InputStream in;
  private final FileChannel channel;
  private final @Nullable GzipMembers members;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferAt;
  private int filled;

  private int lineFrom;
  private int lineLength = -1;
  private boolean isTooLong;

  private SegmentReader(
      InputStream in, FileChannel channel, @Nullable GzipMembers members, long at) {
    this.in = in;
    this.channel = channel;
    this.members = members;
    this.bufferAt = at;
  }

  /**
   * Opens a segment at a line's beginning.
   *
   * @param at the place in the content at which to begin
   * @param known members of a compressed segment that are known; may be empty
   * @throws EOFException if the segment is shorter
   */
  static SegmentReader open(Segment segment, long at, List<GzipMembers.Member> known)
      throws IOException {
    FileChannel channel = FileChannel.open(segment.path(), StandardOpenOption.READ);
    try {
      if (!segment.gzip()) {
        channel.position(at);
        return new SegmentReader(Channels.newInputStream(channel), channel, null, at);
      }
      GzipMembers.Member from = new GzipMembers.Member(0, 0);
      for (GzipMembers.Member member : known) {
        if (member.contentAt() <= at && member.contentAt() >= from.contentAt()) {
          from = member;
        }
      }
      GzipMembers content = new GzipMembers(channel, from);
      content.skipNBytes(at - from.contentAt());
      return new SegmentReader(content, channel, content, at);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The members of a compressed segment whose beginning was read so far. */
  List<GzipMembers.Member> members() {
    return members == null ? List.of() : members.members();
  }

  /** Goes to the next line. Gives false at the end, where a plain segment can grow later. */
  boolean next() throws IOException {
    int from = lineLength < 0 ? lineFrom : lineFrom + lineLength + 1;
    int search = from;
    lineLength = -1;
    isTooLong = false;
    while (true) {
      for (int i = search; i < filled; i++) {
        if (buffer[i] == '\n') {
          lineFrom = from;
          lineLength = i - from;
          isTooLong |= lineLength > LINE_BYTES_MAX;
          return true;
        }
      }
      if (filled - from > LINE_BYTES_MAX) {
        isTooLong = true; // only its end is still looked for
        bufferAt += filled - from;
        filled = from;
      }
      search = filled - from;
      makeRoom(from);
      from = 0;
      lineFrom = 0;
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count <= 0) {
        return false;
      }
      filled += count;
    }
  }

  /**
   * After the end of a plain segment was reached: reads the beginning of a line that was not whole
   * once more. After a crash its writer cuts it off, and writes another line in its place.
   */
  void readUnfinishedAgain() throws IOException {
    if (members == null) {
      channel.position(nextAt());
      bufferAt = nextAt();
      lineFrom = 0;
      lineLength = -1;
      filled = 0;
    }
  }

  private void makeRoom(int from) {
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    bufferAt += from;
    filled -= from;
    if (filled > buffer.length / 2) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
  }

  /** Where the line begins. Of a line that is too long, where its last part begins. */
  long lineAt() {
    return bufferAt + lineFrom;
  }

  /** How long it is, without its line break. */
  int lineLength() {
    return lineLength;
  }

  /** Where the next line begins. */
  long nextAt() {
    return lineLength < 0 ? bufferAt + lineFrom : lineAt() + lineLength + 1;
  }

  /** The line's facts; null if it is no record. */
  @Nullable LogEntry entry() {
    return isTooLong ? null : EntryParser.parse(buffer, lineFrom, lineLength);
  }

  /** A copy of the line, without its line break. */
  byte[] line() {
    return Arrays.copyOfRange(buffer, lineFrom, lineFrom + lineLength);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
