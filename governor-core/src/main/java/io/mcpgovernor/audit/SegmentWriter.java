package io.mcpgovernor.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that is written. A new one has a temporary name until its first lines are on disk, so
 * that no reader, and no later start, ever sees a segment without them. Used by one thread at a
 * time.
 */
final class SegmentWriter {
  private static final Logger LOG = LoggerFactory.getLogger(JsonlAuditLog.class);

  private final AuditDirectory directory;
  private final Disk disk;
  private final Path path;
  private final @Nullable Path temporary;
  private final Disk.File file;
  private final Instant begun;
  private boolean isPublished;
  private long kept;
  private long end;

  private SegmentWriter(
      AuditDirectory directory,
      Disk disk,
      Path path,
      @Nullable Path temporary,
      Disk.File file,
      Instant begun,
      long size) {
    this.directory = directory;
    this.disk = disk;
    this.path = path;
    this.temporary = temporary;
    this.file = file;
    this.begun = begun;
    this.isPublished = temporary == null;
    this.kept = size;
    this.end = size;
  }

  /** Begins the segment after the last. */
  static SegmentWriter create(AuditDirectory directory, Disk disk, Instant now) throws IOException {
    Path path = directory.nextSegment();
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    Files.deleteIfExists(temporary); // of an attempt that failed
    return new SegmentWriter(directory, disk, path, temporary, disk.create(temporary), now, 0);
  }

  /** Goes on with a segment. */
  static SegmentWriter goOn(
      AuditDirectory directory, Disk disk, Path path, long size, Instant begun) throws IOException {
    return new SegmentWriter(directory, disk, path, null, disk.open(path), begun, size);
  }

  Path path() {
    return path;
  }

  /** How many bytes of it are kept. */
  long kept() {
    return kept;
  }

  /** Whether others may see it. */
  boolean isPublished() {
    return isPublished;
  }

  /** When its first record was written. */
  Instant begun() {
    return begun;
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      end += file.write(bytes, end);
    }
  }

  /**
   * Makes what was written count.
   *
   * @param force whether it must be on disk; of a new segment it must in any case
   */
  void commit(boolean force) throws IOException {
    if (isPublished) {
      if (force) {
        file.force(false);
      }
    } else {
      file.force(true);
      disk.rename(temporary == null ? path : temporary, path);
      isPublished = true; // from here on, others may see it
      disk.sync(directory.path());
    }
    kept = end;
  }

  /** Leaves a file that is full. */
  void close(boolean force) {
    try (file) {
      if (force) {
        file.force(true);
      }
    } catch (IOException e) {
      LOG.error("The audit segment {} could not be closed cleanly.", path, e);
    }
  }

  /**
   * Leaves a file whose write or force failed: what the disk holds of it is unknown, and a second
   * force may succeed without having written anything. What was kept before stays.
   *
   * @return whether others may see the file, so that the next segment has to say that it was given
   *     up
   */
  boolean giveUp() {
    try (file) {
      if (kept == 0) {
        Files.deleteIfExists(isPublished || temporary == null ? path : temporary);
        return false;
      }
      file.truncate(kept);
      file.force(true);
    } catch (IOException e) {
      LOG.warn("The end of {} may hold records that were refused.", path, e);
    }
    return isPublished;
  }
}
