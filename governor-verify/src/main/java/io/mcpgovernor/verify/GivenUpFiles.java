package io.mcpgovernor.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files that hold more than counts, since a write to them failed and the log went on in the next
 * one. The next one has to say so. Not thread-safe.
 */
final class GivenUpFiles {
  private record GivenUp(long number, String name, long bytes) {
    private String text() {
      return name + " goes on for " + bytes + " bytes after its last record";
    }
  }

  private final List<GivenUp> waiting = new ArrayList<>();

  /** A file has such a rest. */
  void add(long number, String name, long bytes) {
    waiting.add(new GivenUp(number, name, bytes));
  }

  /** A record says that a file was given up; with it those that were so just before. */
  void explain(@org.jspecify.annotations.Nullable Object name) {
    for (GivenUp file : List.copyOf(waiting)) {
      if (file.name().equals(name)) {
        waiting.removeIf(earlier -> earlier.number() <= file.number());
      }
    }
  }

  /** By now a record must have said it. */
  void mustBeExplained() throws BadRecordException {
    if (!waiting.isEmpty()) {
      throw new BadRecordException(
          waiting.get(0).text() + ", and the next one does not say that it was given up");
    }
  }

  /** What the log, which ends here, has not said yet. */
  Optional<String> unexplained() {
    return waiting.stream()
        .findFirst()
        .map(file -> file.text() + ", and the log ends before it says why");
  }
}
