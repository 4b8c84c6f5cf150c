package io.mcpgovernor.verify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes are read. */
final class MeteredInput extends FilterInputStream {
  private final LongConsumer read;

  MeteredInput(InputStream in, LongConsumer read) {
    super(in);
    this.read = read;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    if (next >= 0) {
      read.accept(1);
    }
    return next;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    int count = in.read(to, at, length);
    if (count > 0) {
      read.accept(count);
    }
    return count;
  }
}
