package io.mcpgovernor.cli.audit;

import io.mcpgovernor.cli.pii.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lines on their way out, some at a time. Not thread-safe. */
public final class Lines {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Output out;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES);

  /** Lines that go there. */
  public Lines(Output out) {
    this.out = out;
  }

  /** Adds a line; the line break is added here. */
  public void line(byte[] line) throws IOException {
    raw(line);
    buffer.write('\n');
  }

  /** Adds a line of text. */
  public void line(String line) throws IOException {
    line(line.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes as they are. */
  void raw(byte[] bytes) throws IOException {
    if (buffer.size() + bytes.length > BUFFER_BYTES) {
      flush();
    }
    buffer.writeBytes(bytes);
  }

  void flush() throws IOException {
    if (buffer.size() > 0) {
      out.write(buffer.toByteArray());
      buffer.reset();
    }
  }
}
