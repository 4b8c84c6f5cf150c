package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The records of several logs, merged by time, oldest first; those of one log stay in its order. A
 * log is open only between its first record and its last: of logs that follow each other, as those
 * of the runs of a program do, there may be any number. Not thread-safe.
 */
public final class MergedScan implements AutoCloseable {
  /** Logs that are written at the same time. */
  private static final int OPEN_MAX = 500;

  private static final class Source {
    private final Path log;
    private final int index;
    private long atMicros;
    private @Nullable LogScan scan;

    Source(Path log, int index) {
      this.log = log;
      this.index = index;
    }
  }

  private final EntryFilter filter;
  private final Trouble trouble;
  private final PriorityQueue<Source> sources =
      new PriorityQueue<>(
          Comparator.<Source>comparingLong(source -> source.atMicros)
              .thenComparingInt(source -> source.index));
  private final List<Source> open = new ArrayList<>();
  private @Nullable Source current;

  /**
   * Begins to read all records of logs.
   *
   * @param trouble is told of lines and segments that cannot be read
   * @throws IOException if a log cannot be read at all
   */
  public MergedScan(List<Path> logs, Trouble trouble) throws IOException {
    this(logs, EntryFilter.ALL, trouble);
  }

  MergedScan(List<Path> logs, EntryFilter filter, Trouble trouble) throws IOException {
    this.filter = filter;
    this.trouble = trouble;
    for (int i = 0; i < logs.size(); i++) {
      Source source = new Source(logs.get(i), i);
      // What it tells of trouble here it tells again when its turn comes.
      try (LogScan first = new LogScan(source.log, filter.sinceMicros(), new Trouble())) {
        if (first.next()) {
          source.atMicros = first.entry().atMicros();
          sources.add(source);
        }
      }
      if (sources.isEmpty() || !sources.contains(source)) {
        // Nothing can be read of it: let it say why.
        try (LogScan all = new LogScan(source.log, filter.sinceMicros(), trouble)) {
          all.next();
        }
      }
    }
  }

  /**
   * The next record that is asked for; null at the end.
   *
   * @throws IOException if too many logs were written at the same time
   */
  public @Nullable FoundRecord next() throws IOException {
    while (true) {
      if (current != null) {
        advance(current);
        current = null;
      }
      Source source = sources.poll();
      if (source == null) {
        return null;
      }
      LogScan scan = source.scan;
      if (scan == null) {
        scan = open(source);
        if (!scan.next()) {
          close(source);
          continue;
        }
      }
      current = source;
      if (filter.matches(scan.entry())) {
        return new FoundRecord(source.log, scan.entry(), scan.line());
      }
    }
  }

  private void advance(Source source) throws IOException {
    LogScan scan = source.scan;
    if (scan != null && scan.next()) {
      source.atMicros = scan.entry().atMicros();
      sources.add(source);
    } else {
      close(source);
    }
  }

  private LogScan open(Source source) throws IOException {
    if (open.size() == OPEN_MAX) {
      throw new RefusedLog(
          "more than " + OPEN_MAX + " logs were written at the same time; name fewer");
    }
    LogScan scan = new LogScan(source.log, filter.sinceMicros(), trouble);
    source.scan = scan;
    open.add(source);
    return scan;
  }

  private void close(Source source) throws IOException {
    open.remove(source);
    if (source.scan != null) {
      source.scan.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (Source source : List.copyOf(open)) {
      close(source);
    }
  }
}
