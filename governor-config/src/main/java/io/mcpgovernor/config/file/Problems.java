package io.mcpgovernor.config.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. Not thread-safe. */
final class Problems {
  /** More would be read by nobody; a file that is wrong in every line is another file. */
  static final int SHOWN_MAX = 50;

  /** A file of 4 MiB has room for more problems than memory for their messages. */
  private static final int KEPT_MAX = 10_000;

  private final String file;
  private final List<Problem> found = new ArrayList<>();
  private long count;

  Problems(String file) {
    this.file = file;
  }

  void add(Place at, String path, String message) {
    count++;
    if (found.size() < KEPT_MAX) {
      found.add(new Problem(file, at.line(), at.column(), path, message));
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** What to throw: all of them, in the order of the file. */
  ConfigException exception() {
    found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    List<Problem> shown = new ArrayList<>(found.stream().distinct().limit(SHOWN_MAX).toList());
    if (shown.size() == SHOWN_MAX && count > SHOWN_MAX) {
      Problem last = shown.get(shown.size() - 1);
      shown.set(
          shown.size() - 1,
          new Problem(
              file,
              last.line(),
              last.column(),
              "",
              "and "
                  + (count - SHOWN_MAX + 1)
                  + " more problems from here on; mend those above first"));
    }
    return new ConfigException(shown);
  }

  /** One problem that ends the reading, after those that were found before. */
  ConfigException fatal(Place at, String path, String message) {
    add(at, path, message);
    return exception();
  }
}
