package io.mcpgovernor.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a cursor for one sink: two of them, of whichever process, would pass over what the other
 * has not delivered. Thread-safe.
 */
final class CursorLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpAuditSink.class);

  // A process loses its lock on a file as soon as it closes any channel to it (POSIX), so the file
  // is not even opened where this process holds the lock.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path cursor;
  private final FileChannel file;

  private CursorLock(Path cursor, FileChannel file) {
    this.cursor = cursor;
    this.file = file;
  }

  /**
   * Takes a cursor.
   *
   * @param directory the directory of its file, which is there
   * @throws IOException if another sink has it
   */
  static CursorLock take(Path directory, Path cursor) throws IOException {
    Path known = directory.toRealPath().resolve(cursor.getFileName());
    if (!HELD.add(known)) {
      throw isTaken(cursor);
    }
    try {
      return new CursorLock(known, locked(cursor));
    } catch (IOException | RuntimeException e) {
      HELD.remove(known);
      throw e;
    }
  }

  private static FileChannel locked(Path cursor) throws IOException {
    FileChannel file = OwnerFiles.open(cursor.resolveSibling(cursor.getFileName() + ".lock"));
    try {
      if (file.tryLock() != null) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      throw isTaken(cursor); // another copy of this class has it, and must not lose it
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    file.close();
    throw isTaken(cursor);
  }

  private static IOException isTaken(Path cursor) {
    return new IOException(
        "another sink uses "
            + cursor
            + "; give each a cursor of its own, or close the other one first");
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("{} stays locked until this process ends", cursor, e);
    } finally {
      HELD.remove(cursor);
    }
  }
}
