package io.mcpgovernor.verify;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How far it has come, on one line that it overwrites. Not thread-safe. */
final class ProgressBar implements Progress {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final long STEP_NANOS = 200_000_000;
  private static final int CELLS = 30;
  private static final double MEGABYTE = 1e6;

  private final PrintWriter err;
  private final long started = System.nanoTime();
  private long drawn = started;
  private boolean isDrawn;

  private ProgressBar(PrintWriter err) {
    this.err = err;
  }

  /** Draws on standard error if that is a terminal, otherwise nowhere. */
  static ProgressBar on(PrintWriter err) {
    return new ProgressBar(isTerminal() ? err : new PrintWriter(java.io.Writer.nullWriter()));
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // no Linux, and the JDK cannot tell
    }
  }

  @Override
  public void at(long bytes, long all) {
    long now = System.nanoTime();
    if (now - drawn < STEP_NANOS) {
      return;
    }
    drawn = now;
    isDrawn = true;
    double part = all == 0 ? 1 : Math.min(1, (double) bytes / all);
    int cells = (int) (part * CELLS);
    err.printf(
        Locale.ROOT,
        "\r[%s%s] %3d %%  %,.0f of %,.0f MB",
        "#".repeat(cells),
        " ".repeat(CELLS - cells),
        (int) (100 * part),
        bytes / MEGABYTE,
        all / MEGABYTE);
    err.flush();
  }

  /** Takes it away. */
  void clear() {
    if (isDrawn) {
      err.print("\r" + " ".repeat(CELLS + 45) + "\r");
      err.flush();
    }
  }
}
