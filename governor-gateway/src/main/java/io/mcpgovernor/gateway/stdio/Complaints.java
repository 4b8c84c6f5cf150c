package io.mcpgovernor.gateway.stdio;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Log lines about one server, of which it cannot cause too many: some each minute, then a count.
 * They never hold what the server said. Thread-safe.
 */
final class Complaints {
  private static final int LINES_MAX = 10;
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Loaded with the first complaint: most servers cause none, and starting has to be quick. */
  private static final class Log {
    static void warn(String line) {
      LoggerFactory.getLogger(ChildUpstream.class).warn(line);
    }
  }

  private final String server;
  private final LongSupplier nanos;
  private long begun;
  private int lines;
  private int unsaid;

  Complaints(String server) {
    this(server, System::nanoTime);
  }

  Complaints(String server, LongSupplier nanos) {
    this.server = server;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** Logs that the server did something, unless it did too much of late. */
  void about(String what) {
    String line = admit(what);
    if (line != null) {
      Log.warn(line);
    }
  }

  /** The line that is logged; null if there were too many. */
  synchronized @Nullable String admit(String what) {
    long now = nanos.getAsLong();
    String before = "";
    if (now - begun > WINDOW_NANOS) {
      before = unsaid == 0 ? "" : " (" + unsaid + " more lines about it were left out before)";
      begun = now;
      lines = 0;
      unsaid = 0;
    }
    if (lines == LINES_MAX) {
      unsaid++;
      return null;
    }
    lines++;
    return "server '" + server + "' " + what + before;
  }
}
