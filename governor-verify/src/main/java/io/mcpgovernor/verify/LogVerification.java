package io.mcpgovernor.verify;

import io.mcpgovernor.verify.EventCounts.Event;
import io.mcpgovernor.verify.LogReport.Outcome;
import io.mcpgovernor.verify.LogReport.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one log, from its first record to its last or to the first that is wrong. Used
 * once. Not thread-safe.
 */
final class LogVerification {
  private static final int LONE_ATTEMPTS_SHOWN = 20;
  private static final long NO_SEQ = Long.MAX_VALUE;
  private static final int PEEK_BUFFER_BYTES = 8 << 10;
  private static final byte[] RETENTION = ascii("audit.retention");
  private static final byte[] KEY = ascii("audit.key");
  private static final byte[] RECOVER = ascii("audit.recover");

  private final Path directory;
  private final TrustedKeys keys;
  private final OutsideCheckpoints outside;
  private final boolean isPart;
  private final LongConsumer read;
  private final LogListener listener;

  private final Sha256 sha256 = new Sha256();
  private final RecordScanner record = new RecordScanner();
  private final ChainLink link = new ChainLink();
  private final OwnCheckpoints tree;
  private final OpenCalls openCalls = new OpenCalls(sha256);
  private final EventCounts events = new EventCounts();
  private final GivenUpFiles givenUp = new GivenUpFiles();
  private final byte[] lastHash = new byte[Sha256.BYTES];
  private final byte[] hash = new byte[Sha256.BYTES];
  private final byte[] leaf = new byte[Sha256.BYTES];
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private List<Segment> segments = List.of();
  private long[] firstSeqs = new long[0];
  private long firstSeq;
  private long nextSeq = 1;
  private int files;
  private long bytes;
  private long supersededBytes;
  private long tornTailBytes;
  private long deletedTo;
  private @Nullable String firstTimestamp;
  private byte[] lastTimestamp = new byte[64];
  private int lastTimestampLength;

  /**
   * Prepares a reading.
   *
   * @param isPart whether older files may be missing without a record that says why
   * @param read told how many bytes of files were read
   */
  LogVerification(
      Path directory,
      TrustedKeys keys,
      OutsideCheckpoints outside,
      boolean isPart,
      LongConsumer read,
      LogListener listener) {
    this.directory = directory;
    this.keys = keys;
    this.outside = outside;
    this.isPart = isPart;
    this.read = read;
    this.listener = listener;
    this.tree = new OwnCheckpoints(sha256, keys);
  }

  /**
   * Reads the log.
   *
   * @throws NoSuchFileException if a file is gone that was there when the reading began
   */
  LogReport run(List<Segment> oldestFirst) throws IOException {
    listener.begun();
    segments = oldestFirst;
    firstSeqs = new long[segments.size()];
    boolean isWhole = true;
    for (int i = 0; i < segments.size() && isWhole; i++) {
      isWhole = readSegment(i);
    }
    if (isWhole) {
      atEnd();
    }
    OutsideCheckpoints.Result compared =
        outside.compare(tree.origin(), nextSeq - 1, isWhole, keys, problems);
    warnings.addAll(compared.warnings());
    return report(problems.isEmpty() ? Outcome.OK : Outcome.FAILED, compared.matching());
  }

  /** What is known so far, after something could not be read. */
  LogReport unreadable(String why) {
    problems.add(Problem.of(why));
    return report(Outcome.UNREADABLE, 0);
  }

  /** What is known after the files themselves turned out to be wrong. */
  LogReport failed(String why) {
    problems.add(Problem.of(why));
    return report(Outcome.FAILED, 0);
  }

  /** Whether all of a segment is right. */
  private boolean readSegment(int index) throws IOException {
    Segment segment = segments.get(index);
    LineReader lines = null;
    try {
      long before = firstSeqAfter(index);
      lines = new LineReader(segment.open(read), segment.limit());
      files++;
      boolean isFirst = true;
      while (nextSeq < before && lines.next()) {
        if (lines.isWhole()) {
          readLine(lines, isFirst);
          isFirst = false;
        } else {
          tail(segment, lines, before);
        }
      }
      long rest = nextSeq < before ? 0 : lines.skipUnread();
      if (rest > 0) {
        supersededBytes += rest;
        givenUp.add(segment.number(), segment.name(), rest);
      }
      return true;
    } catch (BadRecordException e) {
      problems.add(problem(segment, lines, e.reason()));
      return false;
    } catch (ZipException | EOFException e) {
      problems.add(problem(segment, lines, "the compressed file is damaged"));
      return false;
    } finally {
      if (lines != null) {
        lines.close();
      }
    }
  }

  private Problem problem(Segment segment, @Nullable LineReader lines, String reason) {
    return lines == null
        ? new Problem(segment.name(), 1, 0, nextSeq, reason)
        : new Problem(segment.name(), lines.number(), lines.offset(), nextSeq, reason);
  }

  /** The seq with which the log goes on after a segment, so that the segment ends before it. */
  private long firstSeqAfter(int index) throws IOException {
    for (int i = index + 1; i < segments.size(); i++) {
      if (firstSeqs[i] == 0) {
        firstSeqs[i] = peek(segments.get(i));
      }
      if (firstSeqs[i] != NO_SEQ) {
        return firstSeqs[i];
      }
    }
    return NO_SEQ;
  }

  /** The seq of a segment's first line, if it has one; whether that is right is seen later. */
  private long peek(Segment segment) throws IOException {
    try (LineReader lines =
        new LineReader(segment.open(count -> {}), segment.limit(), PEEK_BUFFER_BYTES)) {
      if (!lines.next() || !lines.isWhole()) {
        return NO_SEQ;
      }
      record.scan(lines.bytes(), lines.from(), lines.to());
      link.read(record, lines.bytes(), lines.to());
      return link.seq();
    } catch (BadRecordException | ZipException | EOFException e) {
      return NO_SEQ;
    }
  }

  private void readLine(LineReader lines, boolean isFirstOfFile) throws BadRecordException {
    byte[] line = lines.bytes();
    int from = lines.from();
    record.scan(line, from, lines.to());
    if (!record.isString(RecordField.TIMESTAMP)) {
      throw new BadRecordException("the timestamp is no string");
    }
    link.read(record, line, lines.to());
    sha256.hash(line, from, link.hashedTo() - from, hash, 0);
    Event event = Event.of(record);
    if (firstSeq == 0 && link.seq() > 1) {
      beginAt(link.seq(), event, line);
    }
    if (link.seq() != nextSeq) {
      throw new BadRecordException(misplaced(link.seq()));
    }
    if (!Arrays.equals(link.hash, hash)) {
      throw new BadRecordException(
          "the hash is not that of the line: the record was changed after it was written");
    }
    if (!Arrays.equals(link.prev, lastHash)) {
      throw new BadRecordException(
          "prev is not the hash of the record before: one of the two was replaced");
    }
    if (isFirstOfFile && nextSeq > 1 && event != Event.CHECKPOINT) {
      throw new BadRecordException("the first record of this file has to be a checkpoint");
    }
    own(event, line, isFirstOfFile);
    take(lines, event);
  }

  /** The log begins later than with its first record: its own word for it has to be right. */
  private void beginAt(long seq, Event event, byte[] line) throws BadRecordException {
    if (event != Event.CHECKPOINT) {
      throw new BadRecordException(
          "the log begins with seq " + seq + ", and not with a checkpoint of what was before");
    }
    tree.beginAt(seq - 1, own(RecordField.CHECKPOINT, line), listener);
    System.arraycopy(link.prev, 0, lastHash, 0, Sha256.BYTES);
    nextSeq = seq;
    outside.begin(tree.frontier());
  }

  private String misplaced(long seq) {
    if (seq < nextSeq) {
      return "seq " + seq + " stands where " + nextSeq + " has to: a record was put in, or twice";
    }
    long missing = seq - nextSeq;
    return (missing == 1 ? "1 record is missing: seq " : missing + " records are missing: seq ")
        + seq
        + " stands where "
        + nextSeq
        + " has to";
  }

  /** What the log says about itself. */
  private void own(Event event, byte[] line, boolean isFirstOfFile) throws BadRecordException {
    if (event == Event.CHECKPOINT) {
      Checkpoint checkpoint = tree.check(nextSeq, own(RecordField.CHECKPOINT, line), isFirstOfFile);
      listener.checkpoint(checkpoint);
    } else if (event == Event.ADMIN && record.is(RecordField.TOOL_NAME, RETENTION)) {
      if (own(RecordField.ARGUMENTS, line) instanceof Map<?, ?> deleted
          && deleted.get("last_seq") instanceof Long last) {
        deletedTo = Math.max(deletedTo, last);
      }
    } else if (event == Event.ADMIN && record.is(RecordField.TOOL_NAME, KEY)) {
      keys.announce(own(RecordField.ARGUMENTS, line), nextSeq);
    } else if (event == Event.RECOVERED && record.is(RecordField.TOOL_NAME, RECOVER)) {
      if (own(RecordField.ARGUMENTS, line) instanceof Map<?, ?> recovered) {
        givenUp.explain(recovered.get("gave_up"));
      }
    }
    if (!isFirstOfFile) {
      givenUp.mustBeExplained();
    }
  }

  private @Nullable Object own(RecordField field, byte[] line) throws BadRecordException {
    return record.has(field) ? OwnJson.read(line, record.from(field), record.to(field)) : null;
  }

  /** The record is right. */
  private void take(LineReader lines, Event event) {
    byte[] line = lines.bytes();
    if (firstSeq == 0) {
      firstSeq = nextSeq;
      noteTimestamp(line);
      firstTimestamp = lastTimestamp();
    }
    noteTimestamp(line);
    listener.record(nextSeq, line, lines.from(), lines.to());
    tree.frontier().leafOf(hash, 0, leaf, 0);
    tree.append(leaf);
    listener.subtree(0, leaf, 0);
    outside.at(tree.frontier());
    System.arraycopy(hash, 0, lastHash, 0, Sha256.BYTES);
    events.count(event);
    if (record.isString(RecordField.CALL_ID)) {
      int from = record.from(RecordField.CALL_ID) + 1;
      int to = record.to(RecordField.CALL_ID) - 1;
      if (event == Event.ATTEMPT) {
        openCalls.begun(line, from, to, nextSeq);
      } else if (event == Event.OUTCOME) {
        openCalls.ended(line, from, to);
      }
    }
    bytes += lines.to() - lines.from() + 1;
    nextSeq++;
  }

  private void noteTimestamp(byte[] line) {
    int from = record.from(RecordField.TIMESTAMP) + 1;
    lastTimestampLength =
        Math.min(lastTimestamp.length, record.to(RecordField.TIMESTAMP) - 1 - from);
    System.arraycopy(line, from, lastTimestamp, 0, lastTimestampLength);
  }

  private String lastTimestamp() {
    return new String(lastTimestamp, 0, lastTimestampLength, StandardCharsets.UTF_8);
  }

  /**
   * Bytes after the last line break: what a crash leaves, if they are the beginning of a record.
   */
  private void tail(Segment segment, LineReader lines, long before) throws BadRecordException {
    long length = (long) lines.to() - lines.from();
    if (before != NO_SEQ) {
      throw new BadRecordException(
          "the file ends within a line, and the next one goes on with seq " + before);
    }
    int to = lines.to();
    while (to > lines.from() && lines.bytes()[to - 1] == 0) {
      to--; // blocks that a file got before its data came
    }
    if (to > lines.from()) {
      try {
        record.scan(lines.bytes(), lines.from(), to);
      } catch (BadRecordException e) {
        if (!e.isCutShort()) {
          throw new BadRecordException(
              "what follows the last line is not the beginning of a record: " + e.reason());
        }
      }
    }
    if (!segment.hasGrown()) {
      tornTailBytes += length;
      warnings.add(
          segment.name()
              + " ends with "
              + length
              + " bytes of an unfinished line: a crash tore it, or it is being written now");
    }
  }

  private void atEnd() {
    if (firstSeq > 1 && isPart) {
      warnings.add("records 1 to " + (firstSeq - 1) + " are not here, and were not asked for");
    } else if (firstSeq > 1 && deletedTo < firstSeq - 1) {
      problems.add(
          Problem.of(
              "records 1 to "
                  + (firstSeq - 1)
                  + " are missing, and no retention record says that they were deleted"));
    } else if (firstSeq > 1) {
      warnings.add(
          "records 1 to " + (firstSeq - 1) + " were deleted by retention, as a record says");
    }
    givenUp.unexplained().ifPresent(warnings::add);
    if (firstSeq == 0) {
      warnings.add("there are no records");
    }
  }

  private LogReport report(Outcome outcome, int matchingOutside) {
    List<LogReport.LoneAttempt> lone =
        openCalls.first(LONE_ATTEMPTS_SHOWN).stream()
            .map(call -> new LogReport.LoneAttempt(call.seq(), call.callId()))
            .toList();
    boolean isEmpty = firstSeq == 0;
    return new LogReport(
        directory,
        outcome,
        List.copyOf(problems),
        List.copyOf(warnings),
        tree.origin(),
        new LogReport.Records(
            firstSeq,
            isEmpty ? 0 : nextSeq - 1,
            firstTimestamp,
            isEmpty ? null : lastTimestamp(),
            files,
            bytes),
        events.all(),
        new LogReport.Checkpoints(
            tree.count(),
            tree.lastSize(),
            tree.lastTime(),
            isEmpty ? 0 : nextSeq - 1 - Math.max(tree.lastSize(), firstSeq - 1),
            matchingOutside),
        new LogReport.Signatures(
            keys.source(),
            keys.trusted(),
            keys.rotations().stream()
                .map(rotation -> new LogReport.Rotation(rotation.seq(), rotation.key()))
                .toList()),
        new LogReport.LoneAttempts(
            openCalls.count(), lone, openCalls.untracked(), openCalls.unmatched()),
        supersededBytes,
        tornTailBytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
