package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings an index up to date with its log: of segments that have grown the new lines are read, of
 * those that are no longer what was indexed all. Not thread-safe.
 */
final class IndexUpdate {
  /** After so many bytes the work is kept, so that a search which is ended loses no more. */
  private static final long COMMIT_BYTES = 256L << 20;

  /** From how many bytes on people are told to wait. */
  private static final long SLOW_BYTES = 64L << 20;

  /** A file as it is now. */
  private record State(boolean gzip, long fileBytes, long fileMicros) {
    static State of(Segment segment) throws IOException {
      BasicFileAttributes file = Files.readAttributes(segment.path(), BasicFileAttributes.class);
      return new State(
          segment.gzip(), file.size(), file.lastModifiedTime().to(TimeUnit.MICROSECONDS));
    }
  }

  /** What is indexed of a segment: up to where, and what its last line was. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content where it is compared
  private record Indexed(State state, long contentBytes, long lastAt, byte[] lastHash) {}

  private final Connection connection;
  private final Path log;
  private final Progress progress;
  private final IndexRows rows;

  IndexUpdate(Connection connection, Path log, Progress progress) {
    this.connection = connection;
    this.log = log;
    this.progress = progress;
    this.rows = new IndexRows(connection);
  }

  /** Whether no file has changed since the last update. Writes nothing. */
  boolean isCurrent() throws SQLException, IOException {
    Map<Integer, Indexed> indexed = indexed();
    List<Segment> segments = SegmentFiles.of(log);
    for (Segment segment : segments) {
      Indexed known = indexed.get(segment.number());
      if (known == null || !known.state.equals(State.of(segment))) {
        return false;
      }
    }
    return indexed.size() == segments.size();
  }

  /** Does the work, in a transaction that is open. */
  void run() throws SQLException, IOException {
    List<Segment> segments = SegmentFiles.of(log);
    Map<Integer, Indexed> gone = indexed();
    Map<Integer, Indexed> indexed = Map.copyOf(gone);
    segments.forEach(segment -> gone.remove(segment.number()));
    for (int number : gone.keySet()) {
      delete(number);
    }
    long uncommitted = 0;
    long read = 0;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      Indexed known = indexed.get(segment.number());
      try {
        State state = State.of(segment);
        if (known != null && known.state.equals(state)) {
          continue;
        }
        if (state.fileBytes + read > SLOW_BYTES) {
          progress.indexing(log, i, segments.size());
        }
        long bytes = index(segment, state, known);
        uncommitted += bytes;
        read += bytes;
      } catch (NoSuchFileException e) {
        delete(segment.number()); // deleted or compressed meanwhile: the next search sees it
      }
      if (uncommitted > COMMIT_BYTES) {
        rows.finish();
        execute("COMMIT");
        execute("BEGIN IMMEDIATE");
        uncommitted = 0;
      }
    }
    rows.finish();
    deleteSuperseded();
  }

  private Map<Integer, Indexed> indexed() throws SQLException {
    Map<Integer, Indexed> indexed = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT number, gzip, file_bytes, file_micros, content_bytes, last_at, last_hash"
                    + " FROM segment")) {
      while (row.next()) {
        State state = new State(row.getInt(2) != 0, row.getLong(3), row.getLong(4));
        byte[] lastHash = row.getBytes(7);
        indexed.put(
            row.getInt(1),
            new Indexed(
                state, row.getLong(5), row.getLong(6), lastHash == null ? new byte[0] : lastHash));
      }
    }
    return indexed;
  }

  /** Indexes what is new in a segment, or all of it; gives how many bytes were read. */
  private long index(Segment segment, State state, @Nullable Indexed known)
      throws SQLException, IOException {
    try (SegmentReader lines = known == null ? null : continued(segment, known)) {
      if (lines != null && known != null) {
        return read(segment, state, lines, known);
      }
    }
    delete(segment.number());
    try (SegmentReader lines = SegmentReader.open(segment, 0, List.of())) {
      return read(segment, state, lines, null);
    }
  }

  /** A reader after what is indexed; null if the segment is not what was indexed. */
  private static @Nullable SegmentReader continued(Segment segment, Indexed known)
      throws IOException {
    if (known.contentBytes == 0 || (known.state.gzip && segment.gzip())) {
      return null; // a compressed segment that has changed is another one
    }
    SegmentReader lines = null;
    try {
      lines = SegmentReader.open(segment, known.lastAt, List.of());
      if (lines.next()
          && lines.nextAt() == known.contentBytes
          && Arrays.equals(Hash64.sha256(lines.line()), known.lastHash)) {
        return lines;
      }
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // Shorter than it was, or damaged: read again from its beginning.
    }
    if (lines != null) {
      lines.close();
    }
    return null;
  }

  private long read(Segment segment, State state, SegmentReader lines, @Nullable Indexed continued)
      throws SQLException {
    long from = lines.nextAt();
    long lastAt = continued == null ? 0 : continued.lastAt;
    byte[] lastHash = continued == null ? new byte[0] : continued.lastHash;
    byte @Nullable [] last = null;
    long firstSeq = 0;
    long bad = 0;
    long badAt = 0;
    String problem = null;
    try {
      while (lines.next()) {
        LogEntry entry = lines.entry();
        if (entry == null) {
          badAt = bad++ == 0 ? lines.lineAt() : badAt;
        } else {
          rows.add(segment.number(), lines.lineAt(), lines.lineLength(), entry);
          firstSeq = firstSeq == 0 ? entry.seq() : firstSeq;
        }
        last = lines.line();
        lastAt = lines.lineAt();
      }
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    if (last != null) {
      lastHash = Hash64.sha256(last);
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO segment VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"
                + " ON CONFLICT(number) DO UPDATE SET gzip=?2, file_bytes=?3, file_micros=?4,"
                + " content_bytes=?5, last_at=?6, last_hash=?7,"
                + " first_seq=CASE first_seq WHEN 0 THEN ?8 ELSE first_seq END,"
                + " bad_at=CASE bad WHEN 0 THEN ?10 ELSE bad_at END, bad=bad+?9, problem=?11")) {
      statement.setInt(1, segment.number());
      statement.setInt(2, state.gzip ? 1 : 0);
      statement.setLong(3, state.fileBytes);
      statement.setLong(4, state.fileMicros);
      statement.setLong(5, lines.nextAt());
      statement.setLong(6, lastAt);
      statement.setBytes(7, lastHash);
      statement.setLong(8, firstSeq);
      statement.setLong(9, bad);
      statement.setLong(10, badAt);
      statement.setString(11, problem);
      statement.executeUpdate();
    }
    if (segment.gzip()) {
      members(segment.number(), lines.members());
    }
    return lines.nextAt() - from;
  }

  private void members(int segment, List<GzipMembers.Member> members) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO member VALUES(?,?,?)")) {
      for (GzipMembers.Member member : members) {
        insert.setInt(1, segment);
        insert.setLong(2, member.contentAt());
        insert.setLong(3, member.fileAt());
        insert.executeUpdate();
      }
    }
  }

  private void delete(int segment) throws SQLException {
    rows.finish();
    long from = (long) segment << SearchIndex.PLACE_BITS;
    long to = ((segment + 1L) << SearchIndex.PLACE_BITS) - 1;
    execute("DELETE FROM segment WHERE number = " + segment);
    execute("DELETE FROM member WHERE segment = " + segment);
    execute("DELETE FROM record WHERE id BETWEEN " + from + " AND " + to);
    execute("DELETE FROM value WHERE record BETWEEN " + from + " AND " + to);
  }

  /** Forgets what a writer gave up at the end of a segment: it stands again in the next. */
  private void deleteSuperseded() throws SQLException {
    execute(
        "DELETE FROM record WHERE id IN (SELECT r.id FROM segment s JOIN segment n ON n.number ="
            + " (SELECT min(number) FROM segment WHERE number > s.number) JOIN record r ON r.id"
            + " BETWEEN s.number << 33 AND s.number << 33 | 8589934591"
            + " WHERE n.first_seq > 0 AND r.seq >= n.first_seq)");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
