package io.mcpgovernor.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a directory forward from a place in the log, as bytes, while its log goes
 * on: for whoever brings them elsewhere and must miss none. Segments may be compressed or deleted
 * meanwhile. Not thread-safe.
 *
 * <p>A line that stands in a file need not be kept yet: only numbers that the log has acknowledged
 * should be asked for.
 */
public final class LogFollower implements Closeable {
  /** One record, as the log holds it. */
  public static final class Line {
    private final long seq;
    private final String hash;
    private final byte[] json;

    private Line(long seq, String hash, byte[] json) {
      this.seq = seq;
      this.hash = hash;
      this.json = json;
    }

    /** Its place in the log. */
    public long seq() {
      return seq;
    }

    /** Its hash, 64 hexadecimal digits. */
    public String hash() {
      return hash;
    }

    /** Its bytes, without the line break; not to be changed. */
    public byte[] json() {
      return json;
    }
  }

  private final Path directory;
  private long seq;
  private @Nullable String hash;
  private long missing;
  private long listedFor = -1;
  private @Nullable Path segment;
  private @Nullable SegmentLines lines;
  private @Nullable Path next; // the segment after the one being read
  private long nextSeq = Long.MAX_VALUE; // its first record
  private @Nullable Line ahead;

  private LogFollower(Path directory, long seq, @Nullable String hash) {
    this.directory = directory;
    this.seq = seq;
    this.hash = hash;
  }

  /**
   * Begins after a record.
   *
   * @param afterSeq the last number that is not wanted; 0 for the whole log
   * @param hash the hash of that record, which the next one must name; null if it is not known
   */
  public static LogFollower after(Path directory, long afterSeq, @Nullable String hash) {
    return new LogFollower(directory, afterSeq, hash);
  }

  /**
   * The number of the newest record of a directory. What follows a line that does not go on from
   * the one before it, as a crash can leave it, does not count: the log's next start moves it
   * aside.
   *
   * @return 0 where there is none, or no directory
   */
  public static long newestSeq(Path directory) throws IOException {
    List<Path> segments = segments(directory);
    for (int i = segments.size() - 1; i >= 0; i--) {
      LineEnd last = null;
      try (SegmentLines lines = SegmentLines.open(segments.get(i))) {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
          LineEnd end = LineEnd.of(line);
          if (end == null || !isWhole(line, end)) {
            break;
          }
          if (last != null && !Arrays.equals(end.prev(), last.hash())) {
            break;
          }
          last = end;
        }
      }
      if (last != null) {
        return last.seq();
      }
    }
    return 0;
  }

  private static boolean isWhole(byte[] line, LineEnd end) {
    MessageDigest sha256 = Sha256.create();
    sha256.update(line, 0, end.hashed());
    return Arrays.equals(sha256.digest(), end.hash());
  }

  /** How many records were gone before they were read, because retention had deleted them. */
  public long missing() {
    return missing;
  }

  /**
   * The next record.
   *
   * @param upTo the newest number that may be given
   * @return null if there is none yet
   * @throws IOException if a file cannot be read, or the log is not the one that was read before:
   *     the next record does not follow the last one
   */
  public @Nullable Line next(long upTo) throws IOException {
    if (upTo != listedFor) {
      // What is acknowledged by now may stand in a segment that was not there before.
      look();
      listedFor = upTo;
    }
    while (seq < upTo) {
      Line line = ahead;
      ahead = null;
      if (line == null || line.seq >= nextSeq) {
        line = read();
      }
      if (line == null) {
        return null;
      }
      if (line.seq > upTo) {
        ahead = line;
        return null;
      }
      if (line.seq > seq) {
        missing += line.seq - seq - 1;
        seq = line.seq;
        hash = line.hash;
        return line;
      }
    }
    return null;
  }

  private @Nullable Line read() throws IOException {
    while (lines != null || open()) {
      byte[] line = Objects.requireNonNull(lines).next();
      if (line != null) {
        LineEnd end = LineEnd.of(line);
        if (end == null) {
          throw unreadable(segment);
        }
        // From there on it was written again in the next segment, after a write that failed.
        if (end.seq() < nextSeq) {
          return checked(end, line);
        }
      } else if (next == null) {
        look();
        if (next == null) {
          return null;
        }
        // Once more: lines may have been added before the next segment was made.
      } else {
        Objects.requireNonNull(lines).close();
        segment = next;
        lines = SegmentLines.open(next);
        look();
      }
    }
    return null;
  }

  private Line checked(LineEnd end, byte[] json) throws IOException {
    boolean isNext = end.seq() == seq + 1;
    if (isNext && hash != null && !hash.equals(hex(end.prev()))) {
      throw new IOException(
          "record "
              + end.seq()
              + " in "
              + directory
              + " does not follow the one that was read before it: this is another log, or it was"
              + " changed");
    }
    return new Line(end.seq(), hex(end.hash()), json);
  }

  /** Opens the newest segment that begins at or before the record wanted, or else the first. */
  private boolean open() throws IOException {
    List<Path> segments = segments(directory);
    int at = segments.size() - 1;
    while (at > 0 && FirstLine.of(segments.get(at)).seq() > seq + 1) {
      at--;
    }
    if (at < 0) {
      return false;
    }
    segment = segments.get(at);
    lines = SegmentLines.open(segments.get(at));
    look();
    return true;
  }

  /** Looks for the segment after the one being read. */
  private void look() throws IOException {
    next = null;
    nextSeq = Long.MAX_VALUE;
    if (segment == null) {
      return;
    }
    int number = AuditDirectory.number(segment);
    for (Path each : segments(directory)) {
      if (AuditDirectory.number(each) > number) {
        next = each;
        nextSeq = FirstLine.of(each).seq();
        return;
      }
    }
  }

  private static List<Path> segments(Path directory) throws IOException {
    try {
      return AuditDirectory.segments(directory);
    } catch (NoSuchFileException e) {
      return List.of(); // no log yet
    }
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private static IOException unreadable(@Nullable Path segment) {
    return new IOException("a line of " + segment + " is no record of an audit log");
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
    }
  }
}
