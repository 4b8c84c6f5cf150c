package io.mcpgovernor.audit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The content of a whole gzip file of any number of members (RFC 1952). {@link GZIPInputStream}
 * takes a damaged beginning of a later member for the end of the file; here that is an error. Not
 * thread-safe.
 */
final class WholeGzip extends GZIPInputStream {
  private static final int TRAILER_BYTES = 8;

  private final Counted file;
  private long filledTo; // where in the file the inflater's input ends

  WholeGzip(InputStream file, int bufferBytes) throws IOException {
    this(new Counted(file), bufferBytes);
  }

  private WholeGzip(Counted file, int bufferBytes) throws IOException {
    super(file, bufferBytes);
    this.file = file;
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    filledTo = file.count;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    int count = super.read(to, at, length);
    if (count < 0) {
      long end = filledTo - inf.getRemaining() + TRAILER_BYTES;
      if (file.count != end || file.read() >= 0) {
        throw new ZipException("no gzip member begins at byte " + end);
      }
    }
    return count;
  }

  /** How much of the file was read. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      int read = in.read(to, at, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
