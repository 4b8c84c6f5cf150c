package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.LogInUseException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * An audit log that no other process writes: clients start a server once for each of their windows,
 * and a log has one writer. The directory itself where it is free, else the first free one beside
 * it, {@code NAME-2} and so on; a search that starts above them finds all.
 */
final class FreeLog {
  /** More at the same time is no desktop any more. */
  private static final int LOGS_MAX = 64;

  private FreeLog() {}

  /**
   * Starts a governor with the first log that is free.
   *
   * @param start starts one that keeps its records in a directory
   * @param directory the one that is tried first
   * @param below where those that are tried next are
   */
  static Governor start(Function<Path, Governor> start, Path directory, Path below, String name) {
    UncheckedIOException last = null;
    for (int i = 1; i <= LOGS_MAX; i++) {
      try {
        return start.apply(i == 1 ? directory : below.resolve(name + "-" + i));
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof LogInUseException)) {
          throw e;
        }
        last = e;
      }
    }
    throw last == null ? new IllegalStateException("no log was tried") : last;
  }
}
