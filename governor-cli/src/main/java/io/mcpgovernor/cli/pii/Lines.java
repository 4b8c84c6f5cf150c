package io.mcpgovernor.cli.pii;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, each with its line end. They are the same however the stream hands out its
 * bytes. Not thread-safe.
 */
final class Lines {
  private static final int CHUNK = 64 * 1_024;

  private final InputStream in;
  private final int bytesMax;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int end;
  private long number;

  /**
   * @param bytesMax how long a line may be; it bounds what is held in memory
   */
  Lines(InputStream in, int bytesMax) {
    this.in = in;
    this.bytesMax = bytesMax;
  }

  /**
   * The next line up to and with its LF; the last may have none.
   *
   * @return null at the end
   * @throws RefusedInput if the line is too long
   */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    while (true) {
      if (at == end) {
        int count = in.read(chunk);
        if (count < 0) {
          return line.size() == 0 ? null : counted(line);
        }
        at = 0;
        end = count;
      }
      int stop = at;
      while (stop < end && chunk[stop] != '\n') {
        stop++;
      }
      boolean isEnd = stop < end;
      int length = (isEnd ? stop + 1 : stop) - at;
      if (line.size() + (long) length > bytesMax) {
        throw new RefusedInput(
            "line " + (number + 1) + " is longer than " + bytesMax + " bytes (see --max-bytes)");
      }
      line.write(chunk, at, length);
      at += length;
      if (isEnd) {
        return counted(line);
      }
    }
  }

  private byte[] counted(ByteArrayOutputStream line) {
    number++;
    return line.toByteArray();
  }

  /** The number of the line that was given last, from 1. */
  long number() {
    return number;
  }

  /** Where the line's end begins: its LF, or CR and LF. */
  static int contentEnd(byte[] line) {
    int end = line.length;
    if (end > 0 && line[end - 1] == '\n') {
      end--;
      if (end > 0 && line[end - 1] == '\r') {
        end--;
      }
    }
    return end;
  }

  /** Whether a line holds nothing but white space. */
  static boolean isBlank(byte[] line) {
    for (byte c : line) {
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return false;
      }
    }
    return true;
  }
}
