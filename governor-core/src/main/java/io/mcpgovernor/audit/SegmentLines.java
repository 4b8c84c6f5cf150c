package io.mcpgovernor.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The complete lines of one segment from its beginning, plain or compressed, in memory that does
 * not grow with the file. Bytes after the last line break are no line. Not thread-safe.
 */
final class SegmentLines implements Closeable {
  /** Longer than any line the log writes: a record's values are cut at some tens of kilobytes. */
  static final int LINE_BYTES_MAX = 64 << 20;

  private static final int BLOCK_BYTES = 64 * 1_024;

  private final Path file;
  private final InputStream in;
  private byte[] buffer = new byte[BLOCK_BYTES];
  private int from;
  private int to;
  private long position;

  private SegmentLines(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Opens a segment under either of its names: it may be compressed between listing and opening.
   * One that was deleted since then has no lines.
   */
  static SegmentLines open(Path segment) throws IOException {
    for (Path file : AuditDirectory.names(segment)) {
      InputStream in;
      try {
        in = Files.newInputStream(file);
      } catch (NoSuchFileException e) {
        continue;
      }
      try {
        return new SegmentLines(
            file, AuditDirectory.isCompressed(file) ? new WholeGzip(in, BLOCK_BYTES) : in);
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    }
    return new SegmentLines(segment, InputStream.nullInputStream());
  }

  /** The next complete line without its line break, or null after the last. */
  byte @Nullable [] next() throws IOException {
    int searched = from;
    while (true) {
      for (int i = searched; i < to; i++) {
        if (buffer[i] == '\n') {
          byte[] line = Arrays.copyOfRange(buffer, from, i);
          position += i + 1 - from;
          from = i + 1;
          return line;
        }
      }
      int length = to - from;
      if (!fill()) {
        return null;
      }
      searched = from + length;
    }
  }

  /** Where the line begins that comes next, in bytes of the segment as it was written. */
  long position() {
    return position;
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      if (to >= LINE_BYTES_MAX) {
        throw new IOException("a line of " + file + " is longer than any record");
      }
      buffer = Arrays.copyOf(buffer, 2 * to);
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      return false;
    }
    to += read;
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
