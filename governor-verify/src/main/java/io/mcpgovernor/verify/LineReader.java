package io.mcpgovernor.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The lines of a stream, one after the other in the same array. Lines of any length up to a limit,
 * so that no file can fill the memory. Not thread-safe.
 */
final class LineReader implements Closeable {
  /** Records are cut at some 300 KiB; a line of this length was not written by a log. */
  static final int LINE_BYTES_MAX = 16 << 20;

  private static final int BUFFER_BYTES = 256 << 10;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final InputStream in;
  private long left;
  private byte[] buffer;
  private long bufferAt; // where in the stream the buffer begins
  private int from;
  private int to;
  private int next;
  private int filled;
  private long number;
  private boolean isWhole;

  /**
   * Reads from a stream.
   *
   * @param limit how many bytes of it are looked at
   */
  LineReader(InputStream in, long limit) {
    this(in, limit, BUFFER_BYTES);
  }

  LineReader(InputStream in, long limit, int bufferBytes) {
    this.in = in;
    this.left = limit;
    this.buffer = new byte[bufferBytes];
  }

  /** Goes to the next line, or to what follows the last line break; false at the end. */
  boolean next() throws IOException, BadRecordException {
    from = next;
    number++;
    int searched = from;
    while (true) {
      int found = lineBreak(searched);
      if (found >= 0) {
        to = found;
        next = found + 1;
        isWhole = true;
        return true;
      }
      if (filled - from > LINE_BYTES_MAX) {
        throw new BadRecordException("the line is longer than " + LINE_BYTES_MAX + " bytes");
      }
      searched = filled - from;
      if (!fill()) {
        to = filled;
        next = filled;
        isWhole = false;
        return to > from;
      }
      searched += from;
    }
  }

  /** The array that holds the line, until the next one is asked for. */
  byte[] bytes() {
    return buffer;
  }

  /** Where the line begins. */
  int from() {
    return from;
  }

  /** Where the line ends, without its line break. */
  int to() {
    return to;
  }

  /** Whether a line break ends it. */
  boolean isWhole() {
    return isWhole;
  }

  /** The number of the line in the stream, from 1, also of one that could not be read. */
  long number() {
    return number;
  }

  /** How many bytes of the stream stand before the line. */
  long offset() {
    return bufferAt + from;
  }

  /** Reads what follows the line, and gives its length. */
  long skipUnread() throws IOException {
    long skipped = (long) filled - next;
    from = filled;
    next = filled;
    while (fill()) {
      skipped += filled - from;
      from = filled;
      next = filled;
    }
    return skipped;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Gets more bytes behind those of the line, which may move; false if there are none. */
  private boolean fill() throws IOException {
    if (left <= 0) {
      return false;
    }
    int begun = filled - from;
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, begun);
      bufferAt += from;
      from = 0;
      next = 0;
      filled = begun;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, filled, (int) Math.min(left, buffer.length - filled));
    if (read < 0) {
      left = 0;
      return false;
    }
    filled += read;
    left -= read;
    return true;
  }

  private int lineBreak(int start) {
    int at = start;
    for (; at + Long.BYTES <= filled; at += Long.BYTES) {
      long breaks = (long) LONGS.get(buffer, at) ^ ('\n' * ONES);
      long found = (breaks - ONES) & ~breaks & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; at < filled; at++) {
      if (buffer[at] == '\n') {
        return at;
      }
    }
    return -1;
  }
}
