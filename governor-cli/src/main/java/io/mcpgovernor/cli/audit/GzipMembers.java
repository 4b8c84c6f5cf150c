package io.mcpgovernor.cli.audit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip file (RFC 1952), with the places at which its members begin: reading can
 * start at each of them. Unlike {@link java.util.zip.GZIPInputStream}, which does not tell. Not
 * thread-safe.
 */
final class GzipMembers extends InputStream {
  /** Where a member begins: in the content, and in the file. */
  record Member(long contentAt, long fileAt) {}

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int TRAILER_BYTES = 8;

  private final FileChannel channel;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] one = new byte[1];
  private final List<Member> members = new ArrayList<>();

  private int at;
  private int end;
  private long fileEnd;
  private long contentAt;
  private boolean inMember;
  private boolean ended;

  /** Reads from the member given to the end; the channel is closed with it. */
  GzipMembers(FileChannel channel, Member from) {
    this.channel = channel;
    this.contentAt = from.contentAt();
    this.fileEnd = from.fileAt();
  }

  /** The members whose beginning was read so far. */
  List<Member> members() {
    return members;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    while (!ended && length > 0) {
      if (!inMember && !beginMember()) {
        ended = true;
        break;
      }
      int count = inflate(target, from, length);
      if (count > 0) {
        crc.update(target, from, count);
        contentAt += count;
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (!fill()) {
        throw new EOFException("the compressed segment ends early");
      }
    }
    return length == 0 ? 0 : -1;
  }

  private int inflate(byte[] target, int from, int length) throws ZipException {
    if (inflater.needsInput() && at < end) {
      inflater.setInput(buffer, at, end - at);
      at = end;
    }
    try {
      return inflater.inflate(target, from, length);
    } catch (DataFormatException e) {
      throw new ZipException("the compressed segment is damaged");
    }
  }

  private boolean beginMember() throws IOException {
    long fileAt = fileEnd - (end - at);
    int first = next();
    if (first < 0) {
      return false;
    }
    if (first != 0x1F || required() != 0x8B || required() != 8) {
      throw new ZipException("the compressed segment is not gzip at byte " + fileAt);
    }
    int flags = required();
    skip(6);
    if ((flags & 4) != 0) {
      skip(required() | required() << 8);
    }
    for (int text = flags & (8 | 16); text != 0; text &= text - 1) {
      while (required() != 0) {
        // a file name or a comment
      }
    }
    if ((flags & 2) != 0) {
      skip(2);
    }
    members.add(new Member(contentAt, fileAt));
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    long bytes = inflater.getBytesWritten();
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES);
    while (trailer.hasRemaining()) {
      trailer.put((byte) required());
    }
    if (Integer.reverseBytes(trailer.getInt(0)) != (int) crc.getValue()
        || Integer.reverseBytes(trailer.getInt(4)) != (int) bytes) {
      throw new ZipException("the compressed segment is damaged: its checksum does not fit");
    }
    inMember = false;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      required();
    }
  }

  private int required() throws IOException {
    int read = next();
    if (read < 0) {
      throw new EOFException("the compressed segment ends early");
    }
    return read;
  }

  private int next() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    int count = channel.read(ByteBuffer.wrap(buffer), fileEnd);
    at = 0;
    end = Math.max(0, count);
    fileEnd += end;
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    channel.close();
  }
}
