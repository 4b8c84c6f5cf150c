package io.mcpgovernor.cli.pii;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Where masked bytes go. What it is given is written at once and whole, so nothing waits in a
 * buffer for a failure to cut it.
 */
@FunctionalInterface
public interface Output {
  /** Writes all of it. */
  void write(byte[] masked) throws IOException;

  /** Writes to a stream and tells a broken pipe from other failures. */
  static Output to(OutputStream out) {
    return masked -> {
      try {
        out.write(masked);
        out.flush();
      } catch (IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("broken pipe") || message.contains("pipe is being closed")) {
          throw new BrokenPipe(e);
        }
        throw e;
      }
    };
  }

  /** The standard output itself: {@code System.out} would swallow failures. */
  static Output standard() {
    return to(new FileOutputStream(FileDescriptor.out));
  }
}
