package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as JSON Lines in a directory: {@code audit-000001.jsonl} and so on, one record a
 * line, UTF-8. Each record has a number, and the hash of its bytes and of the record before; signed
 * checkpoints say how long the log is, over a Merkle tree (RFC 6962).
 *
 * <p>One thread writes at a time, the log's own as a rule. It takes what has queued up, writes it
 * in one go and makes it durable once, so that many callers share the cost of one {@code fsync}.
 * When writing fails, the file is given up (what the write left in it is unknown) and the batch is
 * written again to a new one; when that fails, too, its callers are told, and the next batch tries
 * again. A record that cannot be rendered is refused alone. The queue is bounded, in records and in
 * bytes: a log that cannot keep up refuses records instead of filling memory. Thread-safe.
 */
public final class JsonlAuditLog implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(JsonlAuditLog.class);
  private static final int QUEUE_RECORDS = 16_384;
  private static final int BATCH_RECORDS = 1_024;

  /** How many records who appends one writes at once, and how often, before the writer does. */
  private static final int TAKEN_HERE = 64;

  private static final int TURNS_MAX = 2;

  private static final long CHECKPOINT_CLOSING_MILLIS = 2_000;

  /** How long the writer sleeps at most: what could not be written is tried again then. */
  private static final long SLEEP_NANOS_MAX = TimeUnit.MINUTES.toNanos(1);

  /** How often the oldest segments are looked at, besides whenever one is closed. */
  private static final long RETENTION_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Path directory;
  private final AuditOptions options;
  private final AuditDirectory lock;
  private final AuditKeys keys;
  private final AuditWriter files;
  private final Compressor compressor;
  private final Retention retention;
  private final DenialFlood flood;
  private final List<CheckpointFeed> feeds;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE_RECORDS);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Thread writer;

  /** Held by whoever writes. */
  private final ReentrantLock turn = new ReentrantLock();

  private final AtomicBoolean asleep = new AtomicBoolean();
  private volatile boolean closed;

  // Touched by the writer's thread only, once it runs, and in its turn.
  private final List<Pending> ours = new ArrayList<>();
  private long retentionDue;

  private JsonlAuditLog(AuditDirectory lock, AuditOptions options) throws IOException {
    this.directory = lock.path();
    this.options = options;
    this.lock = lock;
    this.keys = keys(lock, options.keys(directory));
    HashChain chain = new HashChain();
    Recovery end = Recovery.run(lock, keys, chain);
    keys.finish(end.rotation());
    Path last = end.last();
    this.feeds = options.checkpointSinks().stream().map(CheckpointFeed::new).toList();
    this.files =
        new AuditWriter(
            lock,
            options,
            keys,
            chain,
            last == null
                ? null
                : SegmentWriter.goOn(lock, options.disk(), last, end.size(), end.begun()),
            feeds,
            () -> compressClosed());
    this.compressor = new Compressor(directory);
    this.retention = new Retention(options);
    this.flood = new DenialFlood(options.denialsPerMinute(), options.time());
    this.retentionDue = options.time().nanos();
    end.torn().forEach(torn -> ours.add(own(Event.RECOVERED, "audit.recover", torn)));
    this.writer = new Thread(this::write, "governor-audit");
    this.writer.setDaemon(true);
  }

  /**
   * Opens the log of a directory with the default options but for one.
   *
   * @throws IOException as the other {@code open} does
   */
  public static JsonlAuditLog open(Path directory, Durability durability) throws IOException {
    return open(directory, AuditOptions.builder().durability(durability).build());
  }

  /**
   * Opens the log of a directory and goes on where it ended. The last segment is checked; what a
   * crash left half-written at its end is moved aside, and a {@code recovered} record says so. Keys
   * are made if there is neither a log nor keys.
   *
   * @throws IOException if the directory cannot be written, another log writes it, its keys are not
   *     there, an earlier version wrote it, or it is damaged; the message says what to do
   */
  public static JsonlAuditLog open(Path directory, AuditOptions options) throws IOException {
    AuditDirectory lock = AuditDirectory.lock(directory);
    JsonlAuditLog log;
    try {
      log = new JsonlAuditLog(lock, options);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    log.compressClosed();
    log.writer.start();
    return log;
  }

  private static AuditKeys keys(AuditDirectory lock, Path directory) throws IOException {
    if (AuditKeys.exist(directory)) {
      return AuditKeys.read(directory);
    }
    if (!lock.segments().isEmpty()) {
      throw new IOException(
          "the keys of the audit log in "
              + lock.path()
              + " are not in "
              + directory
              + ": put them back, or begin a new log in an empty directory");
    }
    return AuditKeys.create(directory);
  }

  /** The keys of this log. */
  public AuditKeys keys() {
    return keys;
  }

  @Override
  public CompletionStage<Receipt> append(AuditRecord record) {
    if (!closed && !flood.isRecorded(record)) {
      return CompletableFuture.completedFuture(new Receipt(0)); // kept as a count, in memory
    }
    Pending pending = new Pending(record);
    offer(pending);
    wakeWriter();
    return answer(pending);
  }

  /**
   * In {@link Durability#FLUSH} a record is written in microseconds, and to wake the writer and be
   * woken by it takes several times as long. So whoever finds nobody writing writes what waits,
   * others' records as well, and leaves to the writer whatever takes longer than lines.
   */
  @Override
  public CompletionStage<Receipt> appendHere(AuditRecord record) {
    if (options.durability() != Durability.FLUSH) {
      return append(record);
    }
    if (!closed && !flood.isRecorded(record)) {
      return CompletableFuture.completedFuture(new Receipt(0));
    }
    Pending pending = new Pending(record);
    offer(pending);
    if (!turn.isHeldByCurrentThread()) { // who writes just now looks again afterwards
      writeWhatWaits();
    }
    return answer(pending);
  }

  private void writeWhatWaits() {
    List<Pending> taken = new ArrayList<>();
    for (int i = 0; i < TURNS_MAX && !queue.isEmpty(); i++) {
      if (!turn.tryLock()) {
        return; // who has it looks again afterwards
      }
      try {
        if (closed) {
          return; // the writer answers, or has done so
        }
        if (!files.takeOnlyLines(Math.min(queue.size(), TAKEN_HERE))) {
          break;
        }
        queue.drainTo(taken, TAKEN_HERE);
        boolean isFirst = files.checkpointDue() == null;
        keepTaken(taken);
        taken.clear();
        if (isFirst) {
          wakeWriter(); // it did not know of a checkpoint when it fell asleep
        }
      } finally {
        turn.unlock();
      }
    }
    if (!queue.isEmpty()) {
      wakeWriter();
    }
  }

  private CompletionStage<Receipt> answer(Pending pending) {
    if (options.durability() == Durability.ASYNC && !pending.isCompletedExceptionally()) {
      // Not the writer's answer, which may be there first, and name a place now and then.
      return CompletableFuture.completedFuture(new Receipt(0));
    }
    return pending;
  }

  private void offer(Pending pending) {
    if (closed) {
      pending.completeExceptionally(new IOException("the audit log is closed"));
      return;
    }
    if (queuedBytes.addAndGet(pending.bytes) > options.queueBytes()) {
      queuedBytes.addAndGet(-pending.bytes);
      pending.completeExceptionally(
          new IOException(
              "the audit log cannot keep up: " + options.queueBytes() + " bytes of records wait"));
    } else if (!queue.offer(pending)) {
      queuedBytes.addAndGet(-pending.bytes);
      pending.completeExceptionally(
          new IOException("the audit log cannot keep up: " + QUEUE_RECORDS + " records wait"));
    } else if (closed && queue.remove(pending)) {
      // Closed in between, and the writer is gone: nobody else would answer.
      pending.completeExceptionally(new IOException("the audit log is closed"));
    }
  }

  /**
   * Makes a new key that signs checkpoints from now on. An {@code admin} record names the old one
   * and holds the public half of the new one, and the checkpoint after it is signed by both; then
   * the private half of the old one is deleted. Blocks while the key is stored.
   *
   * @return completes when that is on record; the receipt is the {@code admin} record's
   * @throws IOException if the key cannot be stored
   */
  public CompletionStage<Receipt> rotateKey() throws IOException {
    CheckpointKey next = keys.prepare();
    AuditRecord record =
        ownRecord(
            Event.ADMIN,
            "audit.key",
            Json.of(Map.of("old", keys.checkpointKeyId(), "new", next.verifier())));
    Pending pending = new Pending(record, next);
    offer(pending);
    wakeWriter();
    return pending;
  }

  private Pending own(Event event, String action, Json what) {
    return new Pending(ownRecord(event, action, what));
  }

  private AuditRecord ownRecord(Event event, String action, Json what) {
    return AuditRecord.of(event, Status.SUCCESS, options.time().now(), "system", action)
        .arguments(what)
        .build();
  }

  @Override
  public List<Json> readLogs(int limit) throws IOException {
    return readLogs(directory, limit);
  }

  /**
   * Reads the newest records of a directory, newest first, whether or not a log has it open.
   * Checkpoints, which prove and do not tell, are left out.
   *
   * @param limit how many at most, at least 0
   */
  public static List<Json> readLogs(Path directory, int limit) throws IOException {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative");
    }
    List<Json> records = new ArrayList<>();
    List<Path> segments = AuditDirectory.segments(directory);
    long seqBelow = Long.MAX_VALUE;
    for (int i = segments.size() - 1; i >= 0 && records.size() < limit; i--) {
      Path segment = segments.get(i);
      int wanted = limit - records.size();
      try {
        records.addAll(Segment.lastRecords(segment, seqBelow, wanted));
      } catch (NoSuchFileException e) {
        // Compressed since it was listed, or deleted.
        records.addAll(Segment.lastOfAll(segment, seqBelow, wanted));
      }
      seqBelow = Math.min(seqBelow, FirstLine.of(segment).seq());
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
        wakeWriter();
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

  /** Lets the writer look at the clock, which a test has turned. */
  void tick() {
    wakeWriter();
  }

  private void wakeWriter() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      LockSupport.unpark(writer);
    }
  }

  /** Returns when there may be something to do. */
  private void sleep() {
    asleep.set(true);
    long nanos;
    turn.lock();
    try {
      nanos = sleepNanos();
    } finally {
      turn.unlock();
    }
    // Whoever appends, writes or closes from here on has seen that it sleeps, and wakes it; who did
    // so while it waited for its turn has woken it for good.
    if (asleep.get() && queue.isEmpty() && !closed) {
      LockSupport.parkNanos(this, nanos);
    }
    asleep.set(false);
  }

  private long sleepNanos() {
    long now = options.time().nanos();
    long sleep = SLEEP_NANOS_MAX;
    Long checkpoint = files.checkpointDue();
    if (checkpoint != null) {
      sleep = Math.min(sleep, checkpoint - now);
    }
    Long denials = flood.due();
    if (denials != null) {
      sleep = Math.min(sleep, denials - now);
    }
    return Math.max(0, sleep);
  }

  /** The writer's thread: batch after batch until told to stop. */
  private void write() {
    List<Pending> taken = new ArrayList<>(BATCH_RECORDS);
    inTurn(this::keepOurs);
    while (!closed || !queue.isEmpty()) {
      if (queue.isEmpty()) {
        sleep();
      }
      inTurn(
          () -> {
            queue.drainTo(taken, BATCH_RECORDS);
            keep(taken);
            taken.clear();
          });
    }
    end();
  }

  private void inTurn(Runnable work) {
    turn.lock();
    try {
      work.run();
    } finally {
      turn.unlock();
    }
  }

  private void keep(List<Pending> taken) {
    takeCounts(false);
    if (options.time().nanos() - retentionDue >= 0) {
      retire();
    }
    if (!taken.isEmpty() || isCheckpointDue()) {
      keepTaken(taken);
    }
    keepOurs();
  }

  private void keepTaken(List<Pending> taken) {
    long bytes = 0;
    for (Pending pending : taken) {
      bytes += pending.bytes;
    }
    files.keep(taken);
    queuedBytes.addAndGet(-bytes);
  }

  private boolean isCheckpointDue() {
    Long due = files.checkpointDue();
    return due != null && options.time().nanos() - due >= 0;
  }

  /** Writes what the log itself has to say. */
  private void keepOurs() {
    while (!ours.isEmpty()) {
      List<Pending> now = List.copyOf(ours);
      ours.clear(); // keeping them may bring new ones
      files.keep(now);
    }
  }

  private void takeCounts(boolean isLast) {
    for (AuditRecord counted : flood.take(isLast)) {
      Pending pending = new Pending(counted);
      CompletableFuture<Void> unused =
          pending.handle(
              (receipt, failure) -> {
                if (failure != null) {
                  flood.putBack(List.of(counted));
                }
                return null;
              });
      ours.add(pending);
    }
  }

  /** Deletes what is no longer kept, once that is on record. */
  private void retire() {
    retentionDue = options.time().nanos() + RETENTION_NANOS;
    if (options.keepFor() == null && options.keepBytes() == Long.MAX_VALUE) {
      return;
    }
    try {
      Retention.Doomed doomed = retention.doomed(directory);
      if (!doomed.segments().isEmpty()) {
        Pending record =
            Pending.freesRoom(ownRecord(Event.ADMIN, "audit.retention", doomed.toJson()));
        ours.add(record);
        CompletableFuture<Void> unused = record.thenRun(() -> delete(doomed.segments()));
      }
    } catch (IOException e) {
      LOG.warn("Old audit segments in {} are not deleted.", directory, e);
    }
  }

  private void delete(List<Path> segments) {
    try {
      for (Path segment : segments) {
        compressor.delete(segment);
      }
      AuditDirectory.sync(directory);
      if (segments.size() == Retention.SEGMENTS_MAX) {
        retentionDue = options.time().nanos(); // there may be more
      }
    } catch (IOException e) {
      LOG.warn("Old audit segments in {} are not deleted.", directory, e);
    }
  }

  /** Compresses every segment that is not written any more. */
  private void compressClosed() {
    retentionDue = options.time().nanos();
    if (!options.compress()) {
      return;
    }
    try {
      List<Path> segments = lock.segments();
      for (Path segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
        if (!AuditDirectory.isCompressed(segment)) {
          compressor.offer(segment);
        }
      }
    } catch (IOException e) {
      LOG.warn("Closed audit segments in {} stay uncompressed for now.", directory, e);
    }
  }

  private void end() {
    inTurn(
        () -> {
          takeCounts(true);
          keepOurs();
          files.close();
        });
    feeds.forEach(feed -> feed.close(CHECKPOINT_CLOSING_MILLIS));
    compressor.close();
    try {
      lock.close();
    } catch (IOException e) {
      LOG.error("The audit log in {} could not be closed cleanly.", directory, e);
    }
    List<Pending> late = new ArrayList<>();
    queue.drainTo(late);
    late.forEach(
        pending -> pending.completeExceptionally(new IOException("the audit log is closed")));
  }
}
