package io.mcpgovernor.gateway.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream apart into lines. Never holds more of a line than its bound: the rest of one that
 * is longer is read and thrown away. Blank lines are passed over; a last line need not be ended.
 * Not thread-safe.
 */
final class LineReader {
  private static final int CHUNK_BYTES = 8_192;

  /** A line. */
  static final class Line {
    private final byte[] bytes;
    private final boolean tooLong;

    private Line(byte[] bytes, boolean tooLong) {
      this.bytes = bytes;
      this.tooLong = tooLong;
    }

    /** Without what ends it; of one that is too long, its beginning. */
    byte[] bytes() {
      return bytes;
    }

    /** Whether it is longer than the bound. */
    boolean tooLong() {
      return tooLong;
    }
  }

  private final InputStream in;
  private final int bytesMax;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int from;
  private int to;
  private byte[] held = new byte[CHUNK_BYTES];
  private int size;
  private boolean tooLong;

  LineReader(InputStream in, int bytesMax) {
    this.in = in;
    this.bytesMax = bytesMax;
  }

  /** The next line; null at the end. Blocks. */
  @Nullable Line next() throws IOException {
    while (true) {
      if (from == to) {
        from = 0;
        to = Math.max(0, in.read(chunk));
        if (to == 0) {
          return isBlank() ? null : take();
        }
      }
      int end = from;
      while (end < to && chunk[end] != '\n') {
        end++;
      }
      hold(from, end);
      boolean complete = end < to;
      from = complete ? end + 1 : end;
      if (complete && !isBlank()) {
        return take();
      } else if (complete) {
        clear();
      }
    }
  }

  private void hold(int start, int end) {
    int length = Math.min(end - start, bytesMax - size);
    // One more is let through where it ends a line: the carriage return before a line feed.
    tooLong |= length < end - start && !(end - start == length + 1 && chunk[end - 1] == '\r');
    if (size + length > held.length) {
      held = Arrays.copyOf(held, Math.clamp(held.length * 2L, size + length, bytesMax));
    }
    System.arraycopy(chunk, start, held, size, length);
    size += length;
  }

  private boolean isBlank() {
    for (int i = 0; i < size; i++) {
      if (held[i] != ' ' && held[i] != '\t' && held[i] != '\r') {
        return false;
      }
    }
    return !tooLong;
  }

  private Line take() {
    int length = size > 0 && held[size - 1] == '\r' ? size - 1 : size;
    Line line = new Line(Arrays.copyOf(held, length), tooLong);
    clear();
    return line;
  }

  private void clear() {
    if (held.length > 16 * CHUNK_BYTES) {
      held = new byte[CHUNK_BYTES]; // one large line does not stay for good
    }
    size = 0;
    tooLong = false;
  }
}
