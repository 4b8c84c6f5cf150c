package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file of pins on disk. It is replaced, never changed in place, so whoever reads it sees one
 * version of it; whoever changes it holds a lock, on a file beside it. Its owner alone may read and
 * write it. Thread-safe.
 */
final class PinFile {
  /** All servers' tools: some tens of thousands. */
  static final int BYTES_MAX = 64 << 20;

  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 10;
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  // A process loses its lock on a file as soon as it closes any channel to it (POSIX), so only one
  // thread of it at a time opens the lock file. As many as there are files of pins.
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private final Path file;

  PinFile(Path file) {
    this.file = file;
  }

  /** All tools, by server and name, to be changed. */
  interface Change {
    /**
     * Changes them.
     *
     * @return whether they are to be written
     */
    boolean apply(SortedMap<String, SortedMap<String, PinnedTool>> tools);
  }

  /**
   * What tells one version of a file from another.
   *
   * @param key which file it is, where the file system says so: one that was renamed there is
   *     another
   */
  record Stamp(long modifiedNanos, long bytes, @Nullable Object key) {}

  /** Tells this version of the file from others; null if there is none. */
  @Nullable Stamp stamp() {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(is.lastModifiedTime().to(TimeUnit.NANOSECONDS), is.size(), is.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Reads the file.
   *
   * @throws PinException if that cannot be done
   */
  SortedMap<String, SortedMap<String, PinnedTool>> read() {
    try {
      if (POSIX) {
        Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
        if (may.contains(PosixFilePermission.GROUP_WRITE)
            || may.contains(PosixFilePermission.OTHERS_WRITE)) {
          throw new PinException(
              "others than its owner can write the file of pins "
                  + file
                  + ", so nobody knows who approved what; look through it, then take that from"
                  + " them: chmod 600",
              null);
        }
      }
      byte[] text;
      try (InputStream in = Files.newInputStream(file)) {
        text = in.readNBytes(BYTES_MAX + 1);
      }
      if (text.length > BYTES_MAX) {
        throw damaged("has more than " + BYTES_MAX + " bytes", null);
      }
      return PinFormat.read(text);
    } catch (NoSuchFileException e) {
      throw new PinException(
          "the file of pins "
              + file
              + " is gone; put back a copy of it, or start again without it, and every tool is new",
          e);
    } catch (IOException e) {
      throw new PinException("the file of pins " + file + " cannot be read: " + reason(e), e);
    } catch (MalformedJsonException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private PinException damaged(String how, @Nullable Throwable cause) {
    return new PinException(
        "the file of pins "
            + file
            + " is damaged: it "
            + how
            + "; put back a copy of it, or move it away, and every tool is new",
        cause);
  }

  /**
   * Starts a file without tools, unless there is one.
   *
   * @return whether it was started
   * @throws PinException if that cannot be done
   */
  boolean create() {
    try {
      Path directory = directory();
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, owner("rwx------"));
      }
      boolean[] created = {false};
      locked(
          () -> {
            if (!Files.exists(file)) {
              replace(PinFormat.write(Map.of()));
              created[0] = true;
            }
          });
      return created[0];
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Changes the file, while nobody else can.
   *
   * @return the tools as they are then
   * @throws PinException if that cannot be done, or they would take too much room; the file is as
   *     it was
   */
  SortedMap<String, SortedMap<String, PinnedTool>> change(Change change) {
    try {
      SortedMap<String, SortedMap<String, PinnedTool>> tools = new TreeMap<>();
      locked(
          () -> {
            tools.putAll(read());
            if (change.apply(tools)) {
              byte[] text = PinFormat.write(tools);
              if (text.length > BYTES_MAX) {
                throw new PinException(
                    "the file of pins "
                        + file
                        + " would have more than "
                        + BYTES_MAX
                        + " bytes; take servers out of it that are no longer there",
                    null);
              }
              replace(text);
            }
          });
      return tools;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private PinException unwritable(IOException e) {
    return new PinException("the file of pins " + file + " cannot be written: " + reason(e), e);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** What is done while nobody else can. */
  private interface Step {
    void run() throws IOException;
  }

  private void locked(Step step) throws IOException {
    Path lockPath = real().resolveSibling(real().getFileName() + ".lock");
    ReentrantLock here = LOCKS.computeIfAbsent(lockPath, path -> new ReentrantLock());
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    try {
      if (!here.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("it is locked all the time");
      }
      try (FileChannel channel =
              FileChannel.open(
                  lockPath,
                  Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                  owner("rw-------"));
          FileLock lock = lock(channel, until)) {
        if (lock.isValid()) {
          step.run();
        }
      } finally {
        here.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static FileLock lock(FileChannel channel, long until)
      throws IOException, InterruptedException {
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - until >= 0) {
        throw new IOException("another process keeps it locked");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Where a link leads, so that a link stays one. */
  private Path real() throws IOException {
    return Files.exists(file) ? file.toRealPath() : directory().toRealPath().resolve(name());
  }

  private Path directory() {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
  }

  private Path name() {
    return Objects.requireNonNull(file.getFileName(), "a file has a name");
  }

  private void replace(byte[] text) throws IOException {
    Path real = real();
    Path next = real.resolveSibling(real.getFileName() + ".tmp");
    Files.deleteIfExists(next); // whoever wrote it has died: we hold the lock
    try (FileChannel channel =
        FileChannel.open(
            next,
            Set.<OpenOption>of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            owner("rw-------"))) {
      ByteBuffer left = ByteBuffer.wrap(text);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (POSIX) { // elsewhere a directory cannot be opened, and need not be
      try (FileChannel channel = FileChannel.open(directoryOf(real), StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static Path directoryOf(Path real) {
    return Objects.requireNonNull(real.getParent(), "a file has a directory");
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
