package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a log ended: reads its last segment, checks every record and every checkpoint in
 * it, and moves aside what a crash left half-written at its end. Damage that no crash can have done
 * ends the start: somebody has to look.
 */
final class Recovery {
  /** A crash leaves no more behind than what was being written: a batch, and a line beyond it. */
  static final long TORN_BYTES_MAX = Batch.BYTES + Batch.LINE_BYTES_MAX;

  private static final Pattern EARLIER_FORMAT = Pattern.compile("\\{.*\"seq\":\\d{1,18}}");

  private final AuditDirectory directory;
  private final AuditKeys keys;
  private final KeptMark.@Nullable Mark mark;
  private final HashChain chain;
  private final List<Json> torn = new ArrayList<>();
  private List<String> rotation = List.of();
  private @Nullable Path last;
  private long size;
  private Instant begun = Instant.MAX;

  private Recovery(
      AuditDirectory directory, AuditKeys keys, KeptMark.@Nullable Mark mark, HashChain chain) {
    this.directory = directory;
    this.keys = keys;
    this.mark = mark;
    this.chain = chain;
  }

  /**
   * Takes a new chain to where the log of a directory ends.
   *
   * @throws IOException if it cannot be read, or not be gone on with; the message says what to do
   */
  static Recovery run(AuditDirectory directory, AuditKeys keys, HashChain chain)
      throws IOException {
    Recovery recovery = new Recovery(directory, keys, KeptMark.read(keys.directory()), chain);
    recovery.deleteUnfinished();
    List<Path> segments = directory.segments();
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (recovery.takeUp(segments.get(i))) {
        break;
      }
    }
    recovery.refuseLoss(directory.path());
    return recovery;
  }

  /** The segment to go on with, or null if a new one is to be begun. */
  @Nullable Path last() {
    return last;
  }

  /** How long that is. */
  long size() {
    return size;
  }

  /** When its first record was written. */
  Instant begun() {
    return begun;
  }

  /** Who signed the last checkpoint that several keys signed, the old key first; or nobody. */
  List<String> rotation() {
    return rotation;
  }

  /** What was moved aside, for the record. */
  List<Json> torn() {
    return torn;
  }

  /** Files that were not finished when their writer died hold nothing that was kept. */
  private void deleteUnfinished() throws IOException {
    List<Path> unfinished;
    try (Stream<Path> files = Files.list(directory.path())) {
      unfinished = files.filter(AuditDirectory::isUnfinished).toList();
    }
    for (Path file : unfinished) {
      Files.delete(file);
    }
  }

  /** Reads a segment; false if there is no record in it, so that the one before is the last. */
  private boolean takeUp(Path segment) throws IOException {
    long good;
    try (SegmentLines lines = SegmentLines.open(segment)) {
      good = readAll(segment, lines);
    }
    if (AuditDirectory.isCompressed(segment)) {
      refuseLoss(segment);
      return true; // whole, or reading it failed
    }
    size = Files.size(segment);
    refuseLoss(segment);
    if (size > good) {
      setAside(segment, good);
    }
    if (good == 0) {
      Files.delete(segment);
      AuditDirectory.sync(directory.path());
      return false;
    }
    last = segment;
    size = good;
    return true;
  }

  /** Follows the chain and returns where the first line begins that is not part of it. */
  private long readAll(Path segment, SegmentLines lines) throws IOException {
    for (long good = 0; ; ) {
      byte[] line = lines.next();
      if (line == null) {
        return good;
      }
      LineEnd end = LineEnd.of(line);
      if (good == 0) {
        refuseEarlierFormat(segment, line, end);
      }
      if (end == null || !isNext(line, end, good == 0)) {
        if (AuditDirectory.isCompressed(segment)) {
          throw damaged(segment, good);
        }
        return good;
      }
      if (good == 0) {
        begun = History.time(line, segment);
      }
      refuseAnother(segment, end);
      good = lines.position();
    }
  }

  private boolean isNext(byte[] line, LineEnd end, boolean isFirst) {
    if (!isFirst) {
      return isNext(line, end);
    }
    HashChain before = new HashChain();
    before.copyFrom(chain);
    boolean isBegun = end.seq() == 1 || CheckpointLine.restore(chain, line, end, keys.origin());
    if (isBegun && isNext(line, end)) {
      return true;
    }
    // What a line only claims must not be what the next checkpoint signs.
    chain.copyFrom(before);
    return false;
  }

  private boolean isNext(byte[] line, LineEnd end) {
    boolean isCheckpoint = CheckpointLine.is(Json.lenient(line));
    List<String> signers =
        isCheckpoint ? CheckpointLine.signers(line, chain, keys) : List.<String>of();
    if ((isCheckpoint && signers.isEmpty()) || !chain.accept(line, end)) {
      return false;
    }
    if (isCheckpoint) {
      chain.covered();
    }
    if (signers.size() > 1) {
      rotation = signers;
    }
    return true;
  }

  private static void refuseEarlierFormat(Path segment, byte[] line, @Nullable LineEnd end)
      throws IOException {
    if (end == null && EARLIER_FORMAT.matcher(new String(line, StandardCharsets.UTF_8)).matches()) {
      throw new IOException(
          segment
              + " was written by an earlier version, whose records are not linked by hashes; keep"
              + " that directory as it is and give the log a new one");
    }
  }

  private void setAside(Path segment, long from) throws IOException {
    if (size - from > TORN_BYTES_MAX) {
      throw damaged(segment, from);
    }
    Path aside = asideOf(segment);
    try (FileChannel file =
            FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel tail = AuditDirectory.create(aside)) {
      for (long at = from; at < size; ) {
        at += file.transferTo(at, size - at, tail);
      }
      tail.force(true);
      AuditDirectory.sync(directory.path());
      file.truncate(from);
      file.force(true);
    }
    Map<String, Object> what = new LinkedHashMap<>();
    what.put("torn_bytes", size - from);
    what.put("moved_aside_from", from);
    what.put("moved_to", String.valueOf(aside.getFileName()));
    torn.add(Json.of(what));
  }

  private static Path asideOf(Path segment) {
    Path aside = segment.resolveSibling(segment.getFileName() + ".torn");
    for (int i = 2; Files.exists(aside); i++) {
      aside = segment.resolveSibling(segment.getFileName() + "-" + i + ".torn");
    }
    return aside;
  }

  /** A record that was on disk for certain does not go with a crash. */
  private void refuseLoss(Path where) throws IOException {
    if (mark != null && chain.seq() < mark.seq()) {
      throw lost(where, "ends with record " + chain.seq());
    }
  }

  private void refuseAnother(Path segment, LineEnd end) throws IOException {
    if (mark != null
        && end.seq() == mark.seq()
        && !mark.hash().equals(HexFormat.of().formatHex(end.hash()))) {
      throw lost(segment, "holds another record " + end.seq());
    }
  }

  private IOException lost(Path segment, String what) {
    return new IOException(
        "the audit log cannot be gone on with: "
            + segment
            + " "
            + what
            + ", but record "
            + (mark == null ? 0 : mark.seq())
            + " was on disk when its caller was told so. Somebody changed the log or put back an older"
            + " copy. Keep the directory as evidence and give the log a new one; if you put back the"
            + " copy yourself, delete "
            + KeptMark.path(keys.directory()));
  }

  private static IOException damaged(Path segment, long from) {
    return new IOException(
        "the audit log cannot be gone on with: "
            + segment
            + " is damaged from byte "
            + from
            + " on, and by more than a crash can do. Keep the directory as evidence, find out what"
            + " changed it, and give the log a new one, or put the segment back from a copy");
  }
}
