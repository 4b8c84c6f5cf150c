package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
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

  private final List<Path> logs;
  private final boolean isIndexed;
  private final Progress progress;
  private final PrintWriter err;
  private final Map<Place, List<GzipMembers.Member>> members = new HashMap<>();

  /**
   * @param isIndexed whether indexes are used
   * @param err is told of what slows the search down
   */
  LogSearch(List<Path> logs, boolean isIndexed, Progress progress, PrintWriter err) {
    this.logs = logs;
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
    for (int attempt = 1; ; attempt++) {
      Trouble seen = new Trouble();
      List<Hit> hits = newest(filter, limit, seen);
      boolean isFirst = true;
      boolean again = false;
      for (int from = 0; from < hits.size() && !again; ) {
        List<Hit> chunk = chunk(hits, from);
        List<@Nullable FoundRecord> records = fetch(chunk, filter, seen);
        int misfit = records.indexOf(null);
        if (misfit >= 0 && attempt == 1 && isFirst) {
          again = true; // nothing is printed yet
        }
        for (int i = 0; i < records.size(); i++) {
          FoundRecord record = records.get(i);
          if (record == null) {
            forgetIndex(logs.get(chunk.get(i).log()));
          } else if (!again) {
            found.record(record);
          }
        }
        if (misfit >= 0 && !again) {
          throw new RefusedLog(
              "the index of "
                  + SafeText.of(logs.get(chunk.get(misfit).log()))
                  + " does not fit the log, which changed under it; it is deleted: search again,"
                  + " and have governor audit verify look at the log");
        }
        from += chunk.size();
        isFirst = false;
      }
      if (!again) {
        trouble.addAll(seen);
        return;
      }
    }
  }

  private List<Hit> newest(EntryFilter filter, int limit, Trouble trouble) throws IOException {
    List<Hit> newest = new ArrayList<>();
    members.clear();
    for (int i = 0; i < logs.size(); i++) {
      List<Hit> hits = isIndexed ? indexed(i, filter, limit, trouble) : null;
      newest.addAll(
          hits != null ? hits : LogScan.newest(logs.get(i), i, filter, limit, trouble));
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
    err.println(
        "searching " + SafeText.of(log) + " without its index: " + SafeText.of(reason));
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

  /** The records of hits, in their order; null where a line is not what was looked for. */
  private List<@Nullable FoundRecord> fetch(List<Hit> hits, EntryFilter filter, Trouble trouble)
      throws IOException {
    @Nullable FoundRecord[] records = new @Nullable FoundRecord[hits.size()];
    Map<Place, List<Integer>> bySegment = new TreeMap<>(LogSearch::compare);
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      bySegment
          .computeIfAbsent(new Place(hit.log(), hit.segment()), place -> new ArrayList<>())
          .add(i);
    }
    boolean[] isGone = new boolean[hits.size()];
    for (Map.Entry<Place, List<Integer>> entry : bySegment.entrySet()) {
      Place place = entry.getKey();
      List<Integer> indexes = entry.getValue();
      indexes.sort((one, other) -> Long.compare(hits.get(one).at(), hits.get(other).at()));
      Path log = logs.get(place.log());
      Segment listed =
          new Segment(
              place.segment(), log.resolve(SegmentFiles.name(place.segment(), false)), false);
      try (LineFetch lines =
          new LineFetch(
              SegmentFiles.found(log, listed), members.getOrDefault(place, List.of()))) {
        for (int i : indexes) {
          records[i] = record(log, lines, hits.get(i), filter);
        }
      } catch (NoSuchFileException e) {
        trouble.gone(listed.path()); // retention was faster
        indexes.forEach(i -> isGone[i] = true);
      }
    }
    List<@Nullable FoundRecord> kept = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      if (!isGone[i]) {
        kept.add(records[i]);
      }
    }
    return kept;
  }

  private static @Nullable FoundRecord record(
      Path log, LineFetch lines, Hit hit, EntryFilter filter) {
    try {
      byte[] line = lines.line(hit.at(), hit.length());
      LogEntry entry = EntryParser.parse(line, 0, line.length);
      return entry != null && entry.atMicros() == hit.atMicros() && filter.matches(entry)
          ? new FoundRecord(log, entry, line)
          : null;
    } catch (IOException e) {
      return null; // shorter, or damaged
    }
  }

  private static int compare(Place one, Place other) {
    return one.log() != other.log()
        ? Integer.compare(one.log(), other.log())
        : Integer.compare(one.segment(), other.segment());
  }
}
