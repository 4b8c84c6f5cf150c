package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds records in several logs, the newest first. Where a log's index can be used it says where
 * they stand; they are read from the segments in any case, and have to match once more. Not
 * thread-safe.
 */
final class LogSearch {
  /** Lines that are in memory at the same time. */
  private static final int CHUNK = 500;

  private static final long CHUNK_BYTES = 64L << 20;

  /** Takes records, the newest first. */
  @FunctionalInterface
  interface Found {
    void record(FoundRecord record) throws IOException;
  }

  private record Place(int log, int segment) {}

  /** A record; or none, because its segment is gone, or because the line is another one. */
  private record Fetched(@Nullable FoundRecord record, boolean isMisfit) {
    static final Fetched GONE = new Fetched(null, false);
    static final Fetched MISFIT = new Fetched(null, true);
  }

  private final List<Path> logs;
  private final @Nullable ValueQuery value;
  private final List<EntryFilter> filters = new ArrayList<>();
  private final boolean isIndexed;
  private final Progress progress;
  private final PrintWriter err;
  private final Map<Place, List<GzipMembers.Member>> members = new HashMap<>();

  /**
   * @param value a value that records must hold; null if values do not matter
   * @param isIndexed whether indexes are used
   * @param err is told of what slows the search down
   */
  LogSearch(
      List<Path> logs,
      @Nullable ValueQuery value,
      boolean isIndexed,
      Progress progress,
      PrintWriter err) {
    this.logs = logs;
    this.value = value;
    this.isIndexed = isIndexed;
    this.progress = progress;
    this.err = err;
  }

  /**
   * Finds the newest records asked for.
   *
   * @param limit how many at most
   * @param trouble is told of what cannot be read
   * @throws RefusedLog if an index does not fit its log, and that was seen too late to begin again
   */
  void run(EntryFilter filter, int limit, Trouble trouble, Found found) throws IOException {
    for (boolean isRetry = false; ; isRetry = true) {
      Trouble seen = new Trouble();
      if (isDone(newest(filter, limit, seen), isRetry, seen, found)) {
        trouble.addAll(seen);
        return;
      }
    }
  }

  /** Gives records out; false if an index does not fit its log and nothing was given out yet. */
  private boolean isDone(List<Hit> hits, boolean isRetry, Trouble trouble, Found found)
      throws IOException {
    for (int from = 0; from < hits.size(); ) {
      List<Hit> chunk = chunk(hits, from);
      List<Fetched> fetched = fetch(chunk, trouble);
      Path misfit = null;
      for (int i = 0; i < chunk.size(); i++) {
        if (fetched.get(i).isMisfit) {
          misfit = logs.get(chunk.get(i).log());
          forgetIndex(misfit);
        }
      }
      if (misfit != null) {
        if (from == 0 && !isRetry) {
          return false;
        }
        throw new RefusedLog(
            SafeText.of(misfit)
                + " changed while it was searched, other than by growing; search again, and have"
                + " governor audit verify look at it");
      }
      for (Fetched one : fetched) {
        if (one.record != null) {
          found.record(one.record);
        }
      }
      from += chunk.size();
    }
    return true;
  }

  private List<Hit> newest(EntryFilter filter, int limit, Trouble trouble) throws IOException {
    List<Hit> newest = new ArrayList<>();
    members.clear();
    filters.clear();
    for (int i = 0; i < logs.size(); i++) {
      Path log = logs.get(i);
      EntryFilter here = value == null ? filter : filter.with(value.in(log));
      filters.add(here);
      List<Hit> hits = isIndexed ? indexed(i, here, limit, trouble) : null;
      newest.addAll(hits != null ? hits : LogScan.newest(log, i, here, limit, trouble));
      if (newest.size() > 2L * limit) {
        keepNewest(newest, limit);
      }
    }
    keepNewest(newest, limit);
    return newest;
  }

  private static void keepNewest(List<Hit> hits, int limit) {
    hits.sort(Hit.NEWEST_FIRST);
    if (hits.size() > limit) {
      hits.subList(limit, hits.size()).clear();
    }
  }

  /** What the index says; null if there is none that can be used. */
  private @Nullable List<Hit> indexed(int logIndex, EntryFilter filter, int limit, Trouble trouble)
      throws IOException {
    Path log = logs.get(logIndex);
    Path file = IndexFile.of(log);
    String reason = "no place to keep an index can be written";
    for (int attempt = 0; file != null && attempt < 2; attempt++) {
      Trouble seen = new Trouble();
      try (SearchIndex index = SearchIndex.open(file, log)) {
        index.update(seen, progress);
        List<Hit> hits = index.newest(filter, limit, logIndex);
        for (Hit hit : hits) {
          Place place = new Place(logIndex, hit.segment());
          if (!members.containsKey(place)) {
            members.put(place, index.members(hit.segment()));
          }
        }
        trouble.addAll(seen);
        return hits;
      } catch (SQLException e) {
        reason = String.valueOf(e.getMessage());
        if (!IndexFile.isUseless(e)) {
          break;
        }
        forgetIndex(log);
        file = IndexFile.of(log);
      } catch (LinkageError e) {
        reason = "SQLite does not run here: " + e.getMessage();
        break;
      }
    }
    err.println("searching " + SafeText.of(log) + " without its index: " + SafeText.of(reason));
    err.flush();
    return null;
  }

  private static void forgetIndex(Path log) throws IOException {
    Path file = IndexFile.of(log);
    if (file != null) {
      IndexFile.delete(file);
    }
  }

  private static List<Hit> chunk(List<Hit> hits, int from) {
    long bytes = 0;
    int to = from;
    while (to < hits.size() && to - from < CHUNK && (to == from || bytes < CHUNK_BYTES)) {
      bytes += hits.get(to++).length();
    }
    return hits.subList(from, to);
  }

  /** What became of hits, in their order. */
  private List<Fetched> fetch(List<Hit> hits, Trouble trouble) throws IOException {
    List<Fetched> fetched = new ArrayList<>(Collections.nCopies(hits.size(), Fetched.MISFIT));
    Map<Place, List<Integer>> bySegment = new TreeMap<>(LogSearch::compare);
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      bySegment
          .computeIfAbsent(new Place(hit.log(), hit.segment()), place -> new ArrayList<>())
          .add(i);
    }
    for (Map.Entry<Place, List<Integer>> entry : bySegment.entrySet()) {
      Place place = entry.getKey();
      List<Integer> indexes = entry.getValue();
      indexes.sort(Comparator.comparingLong(i -> hits.get(i).at()));
      Path log = logs.get(place.log());
      Segment listed =
          new Segment(
              place.segment(), log.resolve(SegmentFiles.name(place.segment(), false)), false);
      try (LineFetch lines =
          new LineFetch(SegmentFiles.found(log, listed), members.getOrDefault(place, List.of()))) {
        for (int i : indexes) {
          fetched.set(i, record(log, lines, hits.get(i), filters.get(place.log())));
        }
      } catch (NoSuchFileException e) {
        trouble.gone(listed.path()); // retention was faster
        indexes.forEach(i -> fetched.set(i, Fetched.GONE));
      }
    }
    return fetched;
  }

  private static Fetched record(Path log, LineFetch lines, Hit hit, EntryFilter filter) {
    try {
      byte[] line = lines.line(hit.at(), hit.length());
      LogEntry entry = EntryParser.parse(line, 0, line.length);
      if (entry != null && entry.atMicros() == hit.atMicros() && filter.matches(entry)) {
        return new Fetched(new FoundRecord(log, entry, line), false);
      }
    } catch (IOException e) {
      // Shorter than it was, or damaged.
    }
    return Fetched.MISFIT;
  }

  private static int compare(Place one, Place other) {
    return one.log() != other.log()
        ? Integer.compare(one.log(), other.log())
        : Integer.compare(one.segment(), other.segment());
  }
}
