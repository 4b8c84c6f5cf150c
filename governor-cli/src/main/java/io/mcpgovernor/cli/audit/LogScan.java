package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one log from its oldest to its newest, read from the segments, with no index. Of a
 * segment it gives records only up to where the next one begins: what a writer gave up stands again
 * in the next. Not thread-safe.
 */
final class LogScan implements AutoCloseable {
  private static final long CLOCK_MICROS = 3_600_000_000L;

  private final Path log;
  private final Trouble trouble;
  private final Iterator<Segment> segments;
  private @Nullable Segment segment;
  private @Nullable Segment following;
  private @Nullable SegmentReader reader;
  private @Nullable LogEntry entry;
  private long seqEnd = Long.MAX_VALUE;

  /**
   * Begins to read a log.
   *
   * @param trouble is told of lines and segments that cannot be read
   */
  LogScan(Path log, Trouble trouble) throws IOException {
    this(log, Long.MIN_VALUE, trouble);
  }

  /**
   * Begins to read a log, without the segments that are older than a moment: those after which a
   * segment begins that is older by an hour still. (A clock that was set back by more than that
   * would mislead it.)
   */
  LogScan(Path log, long sinceMicros, Trouble trouble) throws IOException {
    this.log = log;
    this.trouble = trouble;
    List<Segment> all = SegmentFiles.of(log);
    this.segments = all.subList(firstSince(all, sinceMicros), all.size()).iterator();
    this.following = segments.hasNext() ? segments.next() : null;
  }

  /** Where the newest records asked for stand, at most so many, newest first. */
  static List<Hit> newest(Path log, int logIndex, EntryFilter filter, int limit, Trouble trouble)
      throws IOException {
    ArrayDeque<Hit> newest = new ArrayDeque<>();
    try (LogScan scan = new LogScan(log, trouble)) {
      while (scan.next()) {
        if (filter.matches(scan.entry())) {
          if (newest.size() == limit) {
            newest.removeFirst();
          }
          newest.addLast(scan.hit(logIndex));
        }
      }
    }
    List<Hit> hits = new ArrayList<>(newest);
    hits.sort(Hit.NEWEST_FIRST);
    return hits;
  }

  /** Goes to the next record; false at the end. */
  boolean next() throws IOException {
    while (true) {
      if (reader == null && !openNext()) {
        return false;
      }
      try {
        if (readLine()) {
          return true;
        }
      } catch (IOException e) {
        trouble.unreadable(current().path(), e);
      }
      close();
    }
  }

  private boolean readLine() throws IOException {
    SegmentReader lines = reader;
    while (lines != null && lines.next()) {
      entry = lines.entry();
      if (entry == null) {
        trouble.badLine(current().path(), lines.lineAt());
      } else if (entry.seq() < seqEnd) {
        return true;
      }
    }
    return false;
  }

  private boolean openNext() {
    while (following != null) {
      segment = following;
      following = segments.hasNext() ? segments.next() : null;
      try {
        reader = open(segment);
        seqEnd = following == null ? Long.MAX_VALUE : firstSeq(following);
        return true;
      } catch (NoSuchFileException e) {
        trouble.gone(segment.path());
      } catch (IOException e) {
        trouble.unreadable(segment.path(), e);
      }
    }
    return false;
  }

  private SegmentReader open(Segment wanted) throws IOException {
    return SegmentReader.open(SegmentFiles.found(log, wanted), 0, List.of());
  }

  private int firstSince(List<Segment> all, long sinceMicros) {
    int from = 0;
    if (sinceMicros != Long.MIN_VALUE) {
      for (int i = 1; i < all.size(); i++) {
        LogEntry first = firstEntry(all.get(i));
        if (first != null && first.atMicros() < sinceMicros - CLOCK_MICROS) {
          from = i;
        } else if (first != null) {
          break;
        }
      }
    }
    return from;
  }

  private @Nullable LogEntry firstEntry(Segment of) {
    try (SegmentReader lines = open(of)) {
      while (lines.next()) {
        LogEntry first = lines.entry();
        if (first != null) {
          return first;
        }
      }
    } catch (IOException e) {
      // Told when its turn comes.
    }
    return null;
  }

  /** The seq of a segment's first record; the largest number if it has none yet. */
  private long firstSeq(Segment next) {
    LogEntry first = firstEntry(next);
    return first == null || first.seq() == 0 ? Long.MAX_VALUE : first.seq();
  }

  private Segment current() {
    if (segment == null) {
      throw new IllegalStateException("next() comes first");
    }
    return segment;
  }

  /** The record's facts. */
  LogEntry entry() {
    if (entry == null) {
      throw new IllegalStateException("next() comes first");
    }
    return entry;
  }

  /** The record's line, without its line break. */
  byte[] line() {
    if (reader == null) {
      throw new IllegalStateException("next() comes first");
    }
    return reader.line();
  }

  private Hit hit(int logIndex) {
    SegmentReader lines = reader;
    if (lines == null) {
      throw new IllegalStateException("next() comes first");
    }
    return new Hit(
        entry().atMicros(), logIndex, current().number(), lines.lineAt(), lines.lineLength());
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
