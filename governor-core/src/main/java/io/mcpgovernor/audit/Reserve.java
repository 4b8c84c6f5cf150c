package io.mcpgovernor.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room on the disk for the outcomes of calls that may run: a file of real bytes, given back to the
 * file system when there is no other room left. Used by one thread at a time.
 */
final class Reserve {
  /** What each call that runs may need for its outcome. */
  static final int BYTES_PER_CALL = 4 * 1_024;

  /** For a file that outcomes may have to be written to, and for what begins it. */
  static final int BYTES_TO_BEGIN = 16 * 1_024;

  /** For some such files, one after the other. */
  private static final int BYTES_FOR_FILES = 4 * BYTES_TO_BEGIN;

  private static final Logger LOG = LoggerFactory.getLogger(JsonlAuditLog.class);
  private static final int STEP_BYTES = 1 << 20;

  private final Path directory;
  private final Path path;
  private final Disk disk;
  private Disk.@Nullable File file;
  private long size;

  Reserve(Path directory, Disk disk) {
    this.directory = directory;
    this.path = directory.resolve("audit.reserve");
    this.disk = disk;
  }

  /** Takes up the room that an earlier log kept, or takes some, if there is any. */
  void open() {
    if (Files.exists(path)) {
      try {
        file = disk.open(path);
        size = Files.size(path);
      } catch (IOException e) {
        LOG.warn("The reserve in {} cannot be opened.", directory, e);
      }
    }
    boolean unused = hasRoomFor(0);
  }

  /** Makes sure that there is room for the outcomes of so many calls, if there is any. */
  boolean hasRoomFor(int calls) {
    return isEnoughFor(calls) || grow(bytesFor(calls));
  }

  /** Whether there is that room already. */
  boolean isEnoughFor(int calls) {
    return size >= bytesFor(calls);
  }

  private static long bytesFor(int calls) {
    long needed = BYTES_FOR_FILES + (long) calls * BYTES_PER_CALL;
    return Math.max(1, (needed + STEP_BYTES - 1) / STEP_BYTES) * STEP_BYTES;
  }

  private boolean grow(long wanted) {
    try {
      if (disk.usableBytes(directory) < wanted - size) {
        return false;
      }
      Disk.File room = file;
      if (room == null || !Files.exists(path)) {
        close();
        Files.deleteIfExists(path);
        room = disk.create(path);
        file = room;
        size = 0;
      }
      fill(room, wanted);
      return true;
    } catch (IOException e) {
      LOG.warn("Room for audit records cannot be reserved in {}: {}", directory, e.getMessage());
      return false;
    }
  }

  /** Not zeros, which some file systems do not store. */
  private void fill(Disk.File room, long wanted) throws IOException {
    try {
      byte[] bytes = new byte[64 * 1_024];
      new Random(size).nextBytes(bytes);
      for (long at = size; at < wanted; ) {
        at += room.write(ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, wanted - at)), at);
      }
      room.force(true);
    } catch (IOException e) {
      room.truncate(size);
      throw e;
    }
    size = wanted;
  }

  /** Gives room back, as far as there is any. */
  void release(long bytes) {
    Disk.File room = file;
    if (room == null || size == 0) {
      return;
    }
    long left = Math.max(0, size - bytes);
    try {
      room.truncate(left);
      room.force(true); // some file systems hand out what is free only then
      size = left;
    } catch (IOException e) {
      LOG.warn("Reserved room for audit records cannot be freed in {}.", directory, e);
    }
  }

  void close() {
    Disk.File room = file;
    file = null;
    if (room != null) {
      try {
        room.close();
      } catch (IOException e) {
        LOG.warn("The reserve in {} could not be closed.", directory, e);
      }
    }
  }
}
