package io.mcpgovernor.audit;

import io.mcpgovernor.call.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an audit log is kept. Everything has a default: {@link #defaults()}. Immutable.
 *
 * <pre>{@code
 * AuditOptions.builder().segmentBytes(16 << 20).keepFor(Duration.ofDays(400)).build()
 * }</pre>
 */
public final class AuditOptions {
  private static final AuditOptions DEFAULTS = builder().build();

  private final Builder values;
  private final List<CheckpointSink> checkpointSinks;

  private AuditOptions(Builder values) {
    this.values = values.copy();
    this.checkpointSinks = List.copyOf(values.checkpointSinks);
  }

  /** What holds unless said otherwise. */
  public static AuditOptions defaults() {
    return DEFAULTS;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these. */
  public Builder toBuilder() {
    return values.copy();
  }

  Durability durability() {
    return values.durability;
  }

  long segmentBytes() {
    return values.segmentBytes;
  }

  Duration segmentAge() {
    return values.segmentAge;
  }

  boolean compress() {
    return values.compress;
  }

  @Nullable Duration keepFor() {
    return values.keepFor;
  }

  long keepBytes() {
    return values.keepBytes;
  }

  int checkpointRecords() {
    return values.checkpointRecords;
  }

  Duration checkpointInterval() {
    return values.checkpointInterval;
  }

  List<CheckpointSink> checkpointSinks() {
    return checkpointSinks;
  }

  Path keys(Path directory) {
    Path keys = values.keys;
    return keys == null ? AuditKeys.beside(directory) : keys;
  }

  int denialsPerMinute() {
    return values.denialsPerMinute;
  }

  long queueBytes() {
    return values.queueBytes;
  }

  TimeSource time() {
    return values.time;
  }

  Disk disk() {
    return values.disk;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private Durability durability = Durability.FSYNC;
    private long segmentBytes = 64 << 20;
    private Duration segmentAge = Duration.ofHours(24);
    private boolean compress = true;
    private @Nullable Duration keepFor;
    private long keepBytes = Long.MAX_VALUE;
    private int checkpointRecords = 1_024;
    private Duration checkpointInterval = Duration.ofSeconds(60);
    private @Nullable Path keys;
    private int denialsPerMinute = 100;
    private long queueBytes = 64 << 20;
    private TimeSource time = TimeSource.SYSTEM;
    private Disk disk = Disk.SYSTEM;
    private final List<CheckpointSink> checkpointSinks = new ArrayList<>();

    private Builder() {}

    private Builder copy() {
      Builder copy = new Builder();
      copy.durability = durability;
      copy.segmentBytes = segmentBytes;
      copy.segmentAge = segmentAge;
      copy.compress = compress;
      copy.keepFor = keepFor;
      copy.keepBytes = keepBytes;
      copy.checkpointRecords = checkpointRecords;
      copy.checkpointInterval = checkpointInterval;
      copy.keys = keys;
      copy.denialsPerMinute = denialsPerMinute;
      copy.queueBytes = queueBytes;
      copy.time = time;
      copy.disk = disk;
      copy.checkpointSinks.addAll(checkpointSinks);
      return copy;
    }

    /** When a record counts as kept; when it is on disk unless said otherwise. */
    public Builder durability(Durability durability) {
      this.durability = Objects.requireNonNull(durability);
      return this;
    }

    /**
     * How large a segment may grow before the next one is begun; 64 MiB unless said otherwise. The
     * last batch may go beyond it, by some megabytes at most.
     *
     * @param bytes at least 4,096
     */
    public Builder segmentBytes(long bytes) {
      segmentBytes = atLeast(4_096, bytes, "the size of a segment");
      return this;
    }

    /** How old a segment may grow before the next one is begun; a day unless said otherwise. */
    public Builder segmentAge(Duration age) {
      segmentAge = positive(age, "the age of a segment");
      return this;
    }

    /** Whether segments are compressed (gzip) once they are closed; they are unless said. */
    public Builder compress(boolean compress) {
      this.compress = compress;
      return this;
    }

    /**
     * Deletes segments whose newest record is older than this. Nothing is deleted unless this or
     * {@link #keepBytes} is said. What is deleted is put on record before. A clock that is set
     * ahead while the log is open does not make anything older.
     */
    public Builder keepFor(Duration age) {
      keepFor = positive(age, "the age of what is kept");
      return this;
    }

    /**
     * Deletes the oldest segments while all of them together take more room than this.
     *
     * @param bytes at least 4,096; the segment that is being written is never deleted
     */
    public Builder keepBytes(long bytes) {
      keepBytes = atLeast(4_096, bytes, "the size of what is kept");
      return this;
    }

    /**
     * How often a checkpoint is signed: after so many records, or when so much time has passed and
     * there are new ones; 1,024 and a minute unless said otherwise. One is signed at the beginning
     * of each further segment and at the end, too.
     *
     * @param records at least 1
     */
    public Builder checkpoints(int records, Duration interval) {
      checkpointRecords = (int) atLeast(1, records, "the number of records");
      checkpointInterval = positive(interval, "the time between checkpoints");
      return this;
    }

    /** Hands out every checkpoint; may be called several times. */
    public Builder checkpointSink(CheckpointSink sink) {
      checkpointSinks.add(Objects.requireNonNull(sink));
      return this;
    }

    /** Where the log's keys are; beside it unless said otherwise, see {@link AuditKeys#beside}. */
    public Builder keys(Path directory) {
      keys = Objects.requireNonNull(directory);
      return this;
    }

    /**
     * From how many denials of one principal in a minute on they are only counted, 100 unless said
     * otherwise: then one record says how many there were.
     *
     * @param denials at least 1
     */
    public Builder denialsPerMinute(int denials) {
      denialsPerMinute = (int) atLeast(1, denials, "the number of denials");
      return this;
    }

    /**
     * How many bytes of records may wait for the disk, 64 MiB unless said otherwise; more are
     * refused.
     *
     * @param bytes at least 1 MiB
     */
    public Builder queueBytes(long bytes) {
      queueBytes = atLeast(1 << 20, bytes, "the size of the queue");
      return this;
    }

    /** Sets the clocks, for tests. */
    public Builder timeSource(TimeSource time) {
      this.time = Objects.requireNonNull(time);
      return this;
    }

    Builder disk(Disk disk) {
      this.disk = disk;
      return this;
    }

    /** The options. */
    public AuditOptions build() {
      return new AuditOptions(this);
    }

    private static long atLeast(long least, long value, String what) {
      if (value < least) {
        throw new IllegalArgumentException(what + " must be at least " + least);
      }
      return value;
    }

    private static Duration positive(Duration duration, String what) {
      if (duration.toMillis() < 1) {
        throw new IllegalArgumentException(what + " must be at least a millisecond");
      }
      return duration;
    }
  }
}
