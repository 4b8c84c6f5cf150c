package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Awake;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as JSON Lines in a directory: {@code audit-000001.jsonl} and so on, one record a
 * line, UTF-8, each with a sequence number.
 *
 * <p>One thread writes. It takes what has queued up, writes it in one go and makes it durable once,
 * so that many callers share the cost of one {@code fsync}. When writing fails, the callers of that
 * batch are told, the file is given up (what an earlier write left in it is unknown) and the next
 * batch starts a new one. A record that cannot be rendered is refused alone. The queue is bounded:
 * a log that cannot keep up refuses records instead of filling memory. Thread-safe.
 */
public final class JsonlAuditLog implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(JsonlAuditLog.class);
  private static final int QUEUE_RECORDS = 16_384;
  private static final int BATCH_RECORDS = 1_024;
  private static final int BATCH_BYTES = 1 << 20;

  private static final int LINE_BYTES = 8 * 1_024;
  private static final int LINE_BYTES_KEPT = 1 << 20;

  /** A record on its way, and the receipt that its caller waits for. */
  private static final class Pending extends CompletableFuture<Receipt> {
    final AuditRecord record;

    /** Its place in the log, once it has one. */
    long seq;

    Pending(AuditRecord record) {
      this.record = record;
    }
  }

  private final Path directory;
  private final Durability durability;
  private final AuditDirectory lock;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE_RECORDS);
  private final Pending stop =
      new Pending(
          AuditRecord.of(Event.ADMIN, Status.SUCCESS, Instant.EPOCH, "system", "stop").build());
  private final Thread writer;
  private volatile boolean closed;

  // Touched by the writer's thread only, once it runs.
  private @Nullable FileChannel channel;
  private @Nullable Path segment;
  private long position;
  private long seq;
  private ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES);
  // One for all records: they are rendered here and not by their callers, so that none of them
  // needs a buffer of its own.
  private JsonWriter line = new JsonWriter(LINE_BYTES);

  private JsonlAuditLog(Path directory, Durability durability, AuditDirectory lock) {
    this.directory = directory;
    this.durability = durability;
    this.lock = lock;
    this.writer = new Thread(this::write, "governor-audit");
    this.writer.setDaemon(true);
  }

  /**
   * Opens the log of a directory and goes on where it ended. A record that a crash left
   * half-written is moved aside, and a {@code recovered} record says so.
   *
   * @throws IOException if the directory cannot be written or another log writes it
   */
  public static JsonlAuditLog open(Path directory, Durability durability) throws IOException {
    AuditDirectory lock = AuditDirectory.lock(directory);
    JsonlAuditLog log = new JsonlAuditLog(directory, durability, lock);
    try {
      log.resume();
    } catch (IOException | RuntimeException e) {
      log.closeFiles();
      throw e;
    }
    log.writer.start();
    return log;
  }

  @Override
  public CompletionStage<Receipt> append(AuditRecord record) {
    Pending pending = new Pending(record);
    if (closed) {
      pending.completeExceptionally(new IOException("the audit log is closed"));
    } else if (!queue.offer(pending)) {
      pending.completeExceptionally(
          new IOException("the audit log cannot keep up: " + QUEUE_RECORDS + " records wait"));
    } else if (closed && queue.remove(pending)) {
      // Closed in between, and the writer is gone: nobody else would answer.
      pending.completeExceptionally(new IOException("the audit log is closed"));
    } else if (durability == Durability.ASYNC) {
      // Not the writer's answer, which may be there first, and name a place now and then.
      return CompletableFuture.completedFuture(new Receipt(0));
    }
    return pending;
  }

  @Override
  public List<Json> readLogs(int limit) throws IOException {
    return readLogs(directory, limit);
  }

  /**
   * Reads the newest records of a directory, newest first, whether or not a log has it open.
   *
   * @param limit how many at most, at least 0
   */
  public static List<Json> readLogs(Path directory, int limit) throws IOException {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative");
    }
    List<Json> records = new ArrayList<>();
    List<Path> segments = AuditDirectory.segments(directory);
    for (int i = segments.size() - 1; i >= 0 && records.size() < limit; i--) {
      try {
        records.addAll(Segment.lastLines(segments.get(i), limit - records.size()));
      } catch (NoSuchFileException e) {
        LOG.debug("{} was given up since it was listed; it held nothing that was kept", directory);
      }
    }
    return records;
  }

  /**
   * Reads the records of a directory from a moment on, oldest first, one at a time in memory that
   * does not grow with the log, whether or not a log has it open. Older segments are not read:
   * reading begins with the newest one whose first record is older than {@code since}. Records
   * follow in the log's order, which is not quite that of their times (many callers, a clock that
   * was set back); those with an earlier time are left out. Records that are appended meanwhile may
   * or may not be seen.
   *
   * @param since inclusive
   * @param each gets every record, all events included; what it throws ends the reading
   * @throws IOException if the log cannot be read, or a line is no record
   */
  public static void readSince(Path directory, Instant since, Consumer<Json> each)
      throws IOException {
    History.readSince(directory, since, each);
  }

  /**
   * Waits until what was appended is kept; called from a receipt's continuation, it cannot wait.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (Thread.currentThread() == writer) {
      return; // the writer sees it as soon as its queue is empty
    }
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(stop);
        writer.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // records must be kept first; the interrupt is passed on below
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes up the last segment, or starts the first. */
  private void resume() throws IOException {
    List<Path> segments = lock.segments();
    for (int i = segments.size() - 1; i >= 0 && seq == 0; i--) {
      seq = Segment.lastSeq(segments.get(i));
    }
    if (segments.isEmpty()) {
      openNext();
      return;
    }
    segment = segments.get(segments.size() - 1);
    FileChannel last = AuditDirectory.openSegment(segment);
    channel = last;
    long size = last.size();
    Path aside = Segment.cutTornTail(last, segment);
    position = last.size();
    if (aside != null) {
      lock.sync();
      AuditRecord recovered =
          AuditRecord.of(Event.RECOVERED, Status.SUCCESS, Instant.now(), "system", "audit.recover")
              .arguments(
                  Json.of(
                      Map.of(
                          "torn_bytes",
                          size - position,
                          "moved_aside_from",
                          position,
                          "moved_to",
                          String.valueOf(aside.getFileName()))))
              .build();
      queue.add(new Pending(recovered));
    }
  }

  private void openNext() throws IOException {
    segment = lock.nextSegment();
    position = 0;
    channel = AuditDirectory.create(segment);
    lock.sync();
  }

  /**
   * The next record. Where a record is kept in microseconds, waking a sleeping thread for it would
   * take ten times as long, so the writer stays awake a moment: the outcome of a short call follows
   * its attempt closely.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the yield only saves time, nothing depends on it
  private Pending next() throws InterruptedException {
    Pending next = queue.poll();
    if (next == null && durability != Durability.FSYNC) {
      long until = Awake.until();
      while (next == null && System.nanoTime() - until < 0) {
        Thread.yield();
        next = queue.poll();
      }
    }
    return next != null ? next : queue.take();
  }

  /** The writer's thread: batch after batch until told to stop. */
  private void write() {
    List<Pending> taken = new ArrayList<>(BATCH_RECORDS);
    boolean stopping = false;
    while (!stopping) {
      try {
        taken.add(next());
        queue.drainTo(taken, BATCH_RECORDS - 1);
      } catch (InterruptedException e) {
        continue; // nobody but close() ends this thread, and it says so through the queue
      }
      stopping = taken.remove(stop);
      keep(taken);
      taken.clear();
      stopping |= closed && queue.isEmpty();
    }
    closeFiles();
  }

  private void keep(List<Pending> records) {
    if (records.isEmpty()) {
      return;
    }
    long firstSeq = seq + 1;
    try {
      if (channel == null) {
        openNext();
      }
      long end = writeAll(records, position);
      if (durability == Durability.FSYNC) {
        Objects.requireNonNull(channel).force(false);
      }
      position = end;
    } catch (IOException | RuntimeException | Error e) {
      // An Error, too, must not leave callers waiting.
      LOG.error("Audit records could not be kept in {}; their calls are refused.", directory, e);
      if (giveUpFile()) {
        seq = firstSeq - 1;
      }
      records.forEach(pending -> pending.completeExceptionally(e));
      return;
    }
    for (Pending pending : records) {
      pending.complete(new Receipt(pending.seq)); // does nothing to one that was refused before
    }
  }

  private long writeAll(List<Pending> records, long from) throws IOException {
    long at = from;
    batch.clear();
    for (Pending pending : records) {
      if (!render(pending.record, seq + 1)) {
        pending.completeExceptionally(new IOException("the record cannot be rendered"));
        continue;
      }
      pending.seq = ++seq;
      int length = line.size() + 1;
      if (length > batch.remaining()) {
        at = flush(at);
        if (length > batch.capacity()) {
          batch = ByteBuffer.allocateDirect(Integer.highestOneBit(length) * 2);
        }
      }
      line.copyTo(batch);
      batch.put((byte) '\n');
    }
    return flush(at);
  }

  /** Renders a record into {@link #line}. One that cannot be must not take others along. */
  private boolean render(AuditRecord record, long number) {
    if (line.size() > LINE_BYTES_KEPT) {
      line = new JsonWriter(LINE_BYTES); // a single huge record must not hold its room forever
    }
    try {
      record.writeTo(line.clear().beginObject());
      line.field("seq", number).endObject();
      return true;
    } catch (RuntimeException | Error e) {
      LOG.error("An audit record cannot be rendered, and is not kept.", e);
      return false;
    }
  }

  private long flush(long from) throws IOException {
    long at = from;
    batch.flip();
    while (batch.hasRemaining()) {
      at += Objects.requireNonNull(channel).write(batch, at);
    }
    batch.clear();
    return at;
  }

  /**
   * Leaves a file whose write or force failed: what the disk holds of it is unknown, and a second
   * force may succeed without having written anything. What was acknowledged before stays.
   *
   * @return whether the refused records are gone for certain, so that others may take their numbers
   */
  private boolean giveUpFile() {
    FileChannel failed = channel;
    Path file = segment;
    channel = null;
    if (failed == null || file == null) {
      return true; // there was no file to write to
    }
    try (failed) {
      if (position == 0) {
        Files.deleteIfExists(file); // nothing acknowledged in it
      } else {
        failed.truncate(position);
        failed.force(true);
      }
      return true;
    } catch (IOException e) {
      LOG.warn("The end of {} may hold records that were refused.", file, e);
      return false;
    }
  }

  private void closeFiles() {
    try (lock;
        FileChannel last = channel) {
      if (last != null && durability != Durability.ASYNC) {
        last.force(true);
      }
    } catch (IOException e) {
      LOG.error("The audit log in {} could not be closed cleanly.", directory, e);
    }
    List<Pending> late = new ArrayList<>();
    queue.drainTo(late);
    late.forEach(
        pending -> pending.completeExceptionally(new IOException("the audit log is closed")));
  }
}
