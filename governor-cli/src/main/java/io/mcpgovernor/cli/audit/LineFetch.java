package io.mcpgovernor.cli.audit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads single lines of one segment, by their places, in ascending order. Not thread-safe. */
final class LineFetch implements AutoCloseable {
  private final FileChannel channel;
  private final boolean isGzip;
  private final List<GzipMembers.Member> members;
  private @Nullable GzipMembers content;
  private long contentAt;

  /**
   * Opens a segment.
   *
   * @param members of a compressed segment that are known; may be empty
   */
  LineFetch(Segment segment, List<GzipMembers.Member> members) throws IOException {
    this.channel = FileChannel.open(segment.path(), StandardOpenOption.READ);
    this.isGzip = segment.gzip();
    this.members = members;
  }

  /**
   * A line without its line break.
   *
   * @param at not before the end of the line that was read last
   * @throws EOFException if the segment ends before it
   */
  byte[] line(long at, int length) throws IOException {
    byte[] line = new byte[length];
    if (isGzip) {
      GzipMembers lines = contentAt(at);
      lines.readNBytes(line, 0, length);
      contentAt = at + length;
    } else {
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, at + buffer.position()) < 0) {
          throw new EOFException("the segment is shorter than it was");
        }
      }
    }
    return line;
  }

  private GzipMembers contentAt(long at) throws IOException {
    GzipMembers.Member nearest = new GzipMembers.Member(0, 0);
    for (GzipMembers.Member member : members) {
      if (member.contentAt() <= at && member.contentAt() >= nearest.contentAt()) {
        nearest = member;
      }
    }
    if (content == null || contentAt > at || nearest.contentAt() > contentAt) {
      content = new GzipMembers(channel, nearest);
      contentAt = nearest.contentAt();
    }
    content.skipNBytes(at - contentAt);
    return content;
  }

  @Override
  public void close() throws IOException {
    if (content != null) {
      content.close();
    }
    channel.close();
  }
}
