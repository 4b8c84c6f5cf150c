package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what could not be read, and says each once. Not thread-safe. */
public final class Trouble {
  /** How many files are named; all are counted. */
  private static final int NAMED_MAX = 20;

  private record BadLines(long count, long firstAt) {}

  private final Map<Path, BadLines> badLines = new LinkedHashMap<>();
  private final Map<Path, String> unreadable = new LinkedHashMap<>();
  private final Map<Path, Boolean> gone = new LinkedHashMap<>();
  private boolean wasIncomplete;

  /** Nothing was in the way yet. */
  public Trouble() {}

  /** A line that is no record. */
  void badLine(Path segment, long at) {
    badLines(segment, 1, at);
  }

  /** Lines that are no records, the first of them at the place given. */
  void badLines(Path segment, long count, long firstAt) {
    if (count > 0) {
      badLines.merge(
          segment,
          new BadLines(count, firstAt),
          (one, other) -> new BadLines(one.count + other.count, one.firstAt));
    }
  }

  /** A segment that cannot be read, or only in part. */
  void unreadable(Path segment, IOException reason) {
    String message = reason.getMessage();
    unreadable.put(
        segment,
        message == null || message.equals(segment.toString())
            ? reason.getClass().getSimpleName()
            : SafeText.of(message));
  }

  /** A segment that was deleted meanwhile. */
  void gone(Path segment) {
    gone.put(segment, true);
  }

  /** What somebody else has counted. */
  void addAll(Trouble other) {
    other.badLines.forEach((segment, bad) -> badLines(segment, bad.count, bad.firstAt));
    unreadable.putAll(other.unreadable);
    gone.putAll(other.gone);
  }

  /** Whether a segment could not be read. */
  public boolean isIncomplete() {
    return wasIncomplete || !unreadable.isEmpty();
  }

  /** Says what there was, a line each, and forgets it. */
  void print(PrintWriter err) {
    badLines.entrySet().stream()
        .limit(NAMED_MAX)
        .forEach(
            bad ->
                err.println(
                    "skipped in "
                        + SafeText.of(bad.getKey())
                        + ": "
                        + bad.getValue().count
                        + (bad.getValue().count == 1 ? " line" : " lines")
                        + " that cannot be read as a record, the first at byte "
                        + bad.getValue().firstAt
                        + " (governor audit verify says more)"));
    unreadable.entrySet().stream()
        .limit(NAMED_MAX)
        .forEach(
            file ->
                err.println("cannot read " + SafeText.of(file.getKey()) + ": " + file.getValue()));
    gone.keySet().stream()
        .limit(NAMED_MAX)
        .forEach(file -> err.println("deleted meanwhile: " + SafeText.of(file)));
    int unnamed =
        Math.max(0, badLines.size() - NAMED_MAX)
            + Math.max(0, unreadable.size() - NAMED_MAX)
            + Math.max(0, gone.size() - NAMED_MAX);
    if (unnamed > 0) {
      err.println("and so in " + unnamed + " more files");
    }
    err.flush();
    wasIncomplete = isIncomplete();
    badLines.clear();
    unreadable.clear();
    gone.clear();
  }
}
