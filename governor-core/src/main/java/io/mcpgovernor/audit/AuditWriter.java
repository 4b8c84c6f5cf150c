package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of records and answers for them. The order is: room for outcomes, rotation, lines,
 * disk, answers. When the disk fails, everything of the batch is written again to a new file; when
 * that fails, too, outcomes are tried once more in the room kept for them, and the others are
 * refused. Used by one thread at a time.
 */
final class AuditWriter {
  private static final Logger LOG = LoggerFactory.getLogger(JsonlAuditLog.class);

  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** A segment that could not be gone on with, and how much of it counts. */
  private record GivenUp(String segment, long keptBytes) {
    Json toJson() {
      return Json.of(Map.of("gave_up", segment, "kept_bytes", keptBytes));
    }
  }

  private final AuditDirectory directory;
  private final AuditOptions options;
  private final AuditKeys keys;
  private final TimeSource time;
  private final Disk disk;
  private final Reserve reserve;
  private final @Nullable KeptMark mark;
  private final HashChain chain;
  private final HashChain kept = new HashChain();
  private final Batch batch;
  private final List<CheckpointFeed> feeds;
  private final Runnable onRotation;
  private @Nullable SegmentWriter segment;
  private @Nullable GivenUp givenUp;
  private @Nullable Path closed;
  private long lastCheckpointNanos;
  private long quietUntil;
  private int running;

  /**
   * @param chain where the log ends
   * @param segment what is gone on with, or null
   * @param onRotation told when a segment was closed
   */
  AuditWriter(
      AuditDirectory directory,
      AuditOptions options,
      AuditKeys keys,
      HashChain chain,
      @Nullable SegmentWriter segment,
      List<CheckpointFeed> feeds,
      Runnable onRotation) {
    this.directory = directory;
    this.options = options;
    this.keys = keys;
    this.time = options.time();
    this.disk = options.disk();
    this.chain = chain;
    this.segment = segment;
    this.feeds = feeds;
    this.onRotation = onRotation;
    this.batch = new Batch(chain, keys);
    this.reserve = new Reserve(directory.path(), disk);
    reserve.open();
    this.mark =
        options.durability() == Durability.FSYNC
            ? KeptMark.open(options.keys(directory.path()))
            : null;
    kept.copyFrom(chain);
    lastCheckpointNanos = time.nanos();
    quietUntil = lastCheckpointNanos;
  }

  /** When a checkpoint is due, in the clock's nanoseconds; null if nothing new is on record. */
  @Nullable Long checkpointDue() {
    return chain.uncovered() == 0
        ? null
        : (Long) (lastCheckpointNanos + options.checkpointInterval().toNanos());
  }

  /**
   * Whether so many more records take lines and nothing else: no new file, no checkpoint, no more
   * room to be kept.
   */
  boolean takeOnlyLines(int records) {
    SegmentWriter out = segment;
    return out != null
        && out.isPublished()
        && !isFull(out, time.now())
        && reserve.isEnoughFor(running + records)
        && chain.uncovered() + records < options.checkpointRecords()
        && !isCheckpointDue();
  }

  /**
   * Keeps records, or refuses them: each is answered. Without any, only a checkpoint may be due.
   */
  void keep(List<Pending> records) {
    int attempts = 0;
    int outcomes = 0;
    for (Pending pending : records) {
      attempts += isAttempt(pending) ? 1 : 0;
      outcomes += isOutcome(pending) ? 1 : 0;
    }
    if (reserve.hasRoomFor(running + attempts)) {
      keepAll(records);
    } else {
      IOException full =
          new IOException("there is no room left on the disk for the audit log in " + path());
      keepOutcomes(records, full);
    }
    // Whether or not it could be kept: the call is over.
    running = Math.max(0, running - outcomes);
  }

  /** Signs what is not covered yet, and closes the file. */
  void close() {
    if (chain.uncovered() > 0) {
      try {
        write(List.of(), false, true);
        acknowledge(List.of());
      } catch (IOException | RuntimeException e) {
        LOG.error("The last records in {} are covered by no checkpoint.", path(), e);
        giveUp();
      }
    }
    SegmentWriter last = segment;
    if (last != null) {
      last.close(options.durability() != Durability.ASYNC);
    }
    reserve.close();
    if (mark != null) {
      mark.close();
    }
  }

  private void keepAll(List<Pending> records) {
    try {
      write(records, false, false);
    } catch (IOException | RuntimeException | Error e) {
      // An Error, too, must not leave callers waiting.
      LOG.error("Audit records could not be written to {}; they go to a new file.", path(), e);
      giveUp();
      try {
        write(records, false, false);
      } catch (IOException | RuntimeException | Error again) {
        giveUp();
        keepOutcomes(records, again);
        return;
      }
    }
    acknowledge(records);
  }

  /** Keeps what has room of its own, and refuses the rest. */
  private void keepOutcomes(List<Pending> records, Throwable why) {
    List<Pending> outcomes = records.stream().filter(AuditWriter::hasRoom).toList();
    if (outcomes.isEmpty()) {
      refuse(records, why);
      return;
    }
    long needed = outcomes.size() * (long) Reserve.BYTES_PER_CALL;
    for (int tries = 0; tries < 2; tries++) {
      // Also if nothing could be released: somebody else may have left some room.
      reserve.release(needed + (segment == null ? Reserve.BYTES_TO_BEGIN : 0));
      try {
        write(outcomes, true, false);
        acknowledge(outcomes);
        break;
      } catch (IOException | RuntimeException | Error e) {
        giveUp();
        LOG.error("Outcomes of calls could not be written to {}.", path(), e);
      }
    }
    refuse(records, why);
  }

  private void refuse(List<Pending> records, Throwable why) {
    long refused = records.stream().filter(pending -> pending.completeExceptionally(why)).count();
    long now = time.nanos();
    if (refused > 0 && now - quietUntil >= 0) {
      quietUntil = now + QUIET_NANOS;
      LOG.error(
          "Audit records cannot be kept in {}; their calls are refused until they can."
              + " This is said once a minute.",
          path(),
          why);
    }
    lastCheckpointNanos = now; // tried again with the next record, or after a while
  }

  private void write(List<Pending> records, boolean isShort, boolean isLast) throws IOException {
    batch.clear();
    Instant now = time.now();
    SegmentWriter out = segment;
    if (out != null && isFull(out, now)) {
      out.close(options.durability() != Durability.ASYNC);
      closed = out.path();
      out = null;
      segment = null;
    }
    if (out == null) {
      out = SegmentWriter.create(directory, disk, now);
      segment = out;
      begin(now);
    }
    for (Pending pending : records) {
      pending.seq = 0;
      if (!batch.add(isShort ? fitting(pending.record) : pending.record)) {
        continue;
      }
      pending.seq = chain.seq();
      CheckpointKey nextKey = pending.nextKey;
      if (nextKey != null) {
        batch.addCheckpoint(now, List.of(nextKey));
      } else if (chain.uncovered() >= options.checkpointRecords()) {
        batch.addCheckpoint(now, List.of());
      }
      if (batch.isFull()) {
        out.write(batch.lines());
        batch.clearLines();
      }
    }
    if (isLast || isCheckpointDue()) {
      batch.addCheckpoint(now, List.of());
    }
    out.write(batch.lines());
    out.commit(options.durability() == Durability.FSYNC);
  }

  private boolean isCheckpointDue() {
    Long due = checkpointDue();
    return due != null && time.nanos() - due >= 0;
  }

  private boolean isFull(SegmentWriter out, Instant now) {
    return out.kept() >= options.segmentBytes()
        || !now.isBefore(out.begun().plus(options.segmentAge()));
  }

  /** Writes what every segment but the first begins with. */
  private void begin(Instant now) {
    if (chain.seq() > 0) {
      batch.addCheckpoint(now, List.of());
    }
    GivenUp before = givenUp;
    if (before != null) {
      batch.addOwn(Event.RECOVERED, now, "audit.recover", before.toJson());
    }
  }

  /** A record in the room that is kept for it. */
  private AuditRecord fitting(AuditRecord outcome) {
    try {
      int linked = 256; // what links a line takes less
      return batch.measure(outcome) + linked <= Reserve.BYTES_PER_CALL
          ? outcome
          : outcome.shortened();
    } catch (RuntimeException e) {
      return outcome; // it is refused when it is added
    }
  }

  private void acknowledge(List<Pending> records) {
    kept.copyFrom(chain);
    givenUp = null;
    if (!batch.notes().isEmpty()) {
      lastCheckpointNanos = time.nanos();
      batch.notes().forEach(note -> feeds.forEach(feed -> feed.offer(note)));
    }
    for (Pending pending : records) {
      if (pending.seq == 0) {
        pending.completeExceptionally(new IOException("the record cannot be rendered"));
        continue;
      }
      running += isAttempt(pending) ? 1 : 0;
      if (pending.nextKey != null) {
        useKey(pending.nextKey);
      }
      pending.complete(new Receipt(pending.seq));
    }
    if (mark != null) {
      mark.set(chain.seq(), chain.last());
    }
    Path full = closed;
    if (full != null) {
      closed = null;
      onRotation.run();
    }
  }

  private void useKey(CheckpointKey next) {
    try {
      keys.switchTo(next);
    } catch (IOException e) {
      LOG.error("The new checkpoint key signs until the next start only.", e);
    }
  }

  /** Leaves the file whose write failed, and goes back to what is kept. */
  private void giveUp() {
    SegmentWriter failed = segment;
    segment = null;
    if (failed != null && failed.giveUp()) {
      givenUp = new GivenUp(String.valueOf(failed.path().getFileName()), failed.kept());
    }
    chain.copyFrom(kept);
  }

  private Path path() {
    return directory.path();
  }

  private static boolean hasRoom(Pending pending) {
    return isOutcome(pending) || pending.freesRoom;
  }

  private static boolean isAttempt(Pending pending) {
    return pending.record.event() == Event.ATTEMPT;
  }

  private static boolean isOutcome(Pending pending) {
    return pending.record.event() == Event.OUTCOME;
  }
}
