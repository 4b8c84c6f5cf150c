package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log, and what is written to it from then on, from one segment to the next. A segment
 * that is being read stays open, so it does not matter that it is compressed or deleted meanwhile.
 * Not thread-safe.
 */
final class FollowedLog implements AutoCloseable {
  private static final long FIRST_BYTES = 64 * 1024;

  /** What one reading gives at most: a log that is written fast must not fill the memory. */
  private static final int READING_MAX = 10_000;

  private final Path log;
  private final Trouble trouble;
  private int number;
  private @Nullable SegmentReader reader;
  private @Nullable Path path;

  FollowedLog(Path log, Trouble trouble) {
    this.log = log;
    this.trouble = trouble;
  }

  Path log() {
    return log;
  }

  /** The newest records, oldest first; {@link #more()} goes on after them. */
  List<FoundRecord> last(int count) throws IOException {
    List<Segment> segments = SegmentFiles.of(log);
    Deque<FoundRecord> last = new ArrayDeque<>();
    long seqEnd = Long.MAX_VALUE;
    for (int i = segments.size() - 1; i >= 0 && (last.size() < count || reader == null); i--) {
      Segment segment = segments.get(i);
      try {
        SegmentReader end = lastOf(segment, count - last.size(), seqEnd, last);
        if (reader == null) {
          reader = end;
          path = segment.path();
          number = segment.number();
        } else {
          end.close();
        }
      } catch (NoSuchFileException e) {
        trouble.gone(segment.path());
      } catch (IOException e) {
        trouble.unreadable(segment.path(), e);
      }
      FoundRecord first = last.peekFirst();
      seqEnd = first == null || first.entry().seq() == 0 ? seqEnd : first.entry().seq();
    }
    return new ArrayList<>(last);
  }

  /** Puts a segment's newest records before those that are there; gives a reader at its end. */
  private SegmentReader lastOf(Segment listed, int count, long seqEnd, Deque<FoundRecord> later)
      throws IOException {
    Segment segment = SegmentFiles.found(log, listed);
    long size = segment.gzip() ? 0 : segment.path().toFile().length();
    for (long bytes = FIRST_BYTES; ; bytes *= 4) {
      long from = Math.max(0, size - bytes);
      SegmentReader lines = SegmentReader.open(segment, from, List.of());
      try {
        ArrayDeque<FoundRecord> found = new ArrayDeque<>();
        Trouble seen = new Trouble();
        boolean isInLine = from > 0; // what is left of a line is none
        while (lines.next()) {
          if (isInLine) {
            isInLine = false;
            continue;
          }
          LogEntry entry = lines.entry();
          if (entry == null) {
            seen.badLine(segment.path(), lines.lineAt());
          } else if (entry.seq() < seqEnd) {
            if (found.size() == count) {
              found.pollFirst();
            }
            if (count > 0) {
              found.addLast(new FoundRecord(log, entry, lines.line()));
            }
          }
        }
        if (found.size() < count && from > 0) {
          lines.close();
          continue;
        }
        trouble.addAll(seen);
        while (!found.isEmpty()) {
          later.addFirst(found.removeLast());
        }
        return lines;
      } catch (IOException | RuntimeException e) {
        lines.close();
        throw e;
      }
    }
  }

  /** What was written since the last reading, oldest first. */
  List<FoundRecord> more() throws IOException {
    List<FoundRecord> records = new ArrayList<>();
    while (readOn(records)) {
      Segment next = following();
      if (next == null) {
        break;
      }
      readOn(records); // what came between
      close();
      try {
        Segment found = SegmentFiles.found(log, next);
        reader = SegmentReader.open(found, 0, List.of());
        path = found.path();
        number = next.number();
      } catch (NoSuchFileException e) {
        number = next.number(); // deleted already
        trouble.gone(next.path());
      }
    }
    return records;
  }

  /** Reads to the end of what is written; false if there may be more. */
  private boolean readOn(List<FoundRecord> records) throws IOException {
    SegmentReader lines = reader;
    if (lines == null) {
      return true;
    }
    lines.readUnfinishedAgain();
    try {
      while (lines.next()) {
        LogEntry entry = lines.entry();
        if (entry != null) {
          records.add(new FoundRecord(log, entry, lines.line()));
        } else if (path != null) {
          trouble.badLine(path, lines.lineAt());
        }
        if (records.size() >= READING_MAX) {
          return false;
        }
      }
    } catch (IOException e) {
      if (path != null) {
        trouble.unreadable(path, e);
      }
    }
    return true;
  }

  private @Nullable Segment following() throws IOException {
    for (Segment segment : SegmentFiles.of(log)) {
      if (segment.number() > number) {
        return segment;
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      SegmentReader closed = reader;
      reader = null;
      closed.close();
    }
  }
}
