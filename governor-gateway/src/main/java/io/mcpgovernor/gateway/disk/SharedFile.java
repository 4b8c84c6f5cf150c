package io.mcpgovernor.gateway.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced, never changed in place, so whoever reads it sees one version of it;
 * whoever changes it holds a lock, on a file beside it. Its owner alone may read and write it.
 * Thread-safe; several processes may use the file.
 */
public final class SharedFile {
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 10;
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  // A process loses its lock on a file as soon as it closes any channel to it (POSIX), so only one
  // thread of it at a time opens the lock file. As many as there are such files.
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private final Path file;

  /** The file there, which need not be there yet. */
  public SharedFile(Path file) {
    this.file = file;
  }

  /**
   * What tells one version of a file from another.
   *
   * @param key which file it is, where the file system says so: one that was renamed there is
   *     another
   */
  public record Stamp(long modifiedNanos, long bytes, @Nullable Object key) {}

  /** What is done while nobody else can change the file. */
  public interface Change {
    /**
     * Does it.
     *
     * @return what the file is to hold from now on; null if what it does
     */
    byte @Nullable [] run() throws IOException;
  }

  /** Tells this version of the file from others; null if there is none. */
  public @Nullable Stamp stamp() {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(is.lastModifiedTime().to(TimeUnit.NANOSECONDS), is.size(), is.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether others than its owner can change it, so that nobody knows who did. */
  public boolean isWritableByOthers() throws IOException {
    if (!POSIX) {
      return false;
    }
    Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
    return may.contains(PosixFilePermission.GROUP_WRITE)
        || may.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /**
   * What it holds.
   *
   * @param bytesMax one more is read at most
   */
  public byte[] read(int bytesMax) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(bytesMax + 1);
    }
  }

  /**
   * Starts it, with its directory, unless it is there.
   *
   * @return whether it was started
   */
  public boolean create(byte[] text) throws IOException {
    Path directory = directory();
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, owner("rwx------"));
    }
    boolean[] created = {false};
    change(
        () -> {
          created[0] = !Files.exists(file);
          return created[0] ? text : null;
        });
    return created[0];
  }

  /** Changes it, while nobody else can. Waits for that, ten seconds at most. */
  public void change(Change change) throws IOException {
    Path real = real();
    Path lockPath = real.resolveSibling(real.getFileName() + ".lock");
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
        byte[] text = lock.isValid() ? change.run() : null;
        if (text != null) {
          replace(text);
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
