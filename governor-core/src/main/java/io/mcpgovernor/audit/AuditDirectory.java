package io.mcpgovernor.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of one log: its segments in order, and the lock that keeps a second writer out.
 * Files are readable by their owner only, where the file system knows owners.
 */
final class AuditDirectory implements AutoCloseable {
  private static final Pattern SEGMENT = Pattern.compile("audit-(\\d{6,9})\\.jsonl(\\.gz)?");
  private static final String COMPRESSED = ".gz";
  private static final String UNFINISHED = ".tmp";
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  // A process loses its lock on a file as soon as it closes any channel to it (POSIX), so the lock
  // file is not even opened where this process holds the lock; a channel that was is never closed.
  private static final Set<Path> WRITTEN_HERE = ConcurrentHashMap.newKeySet();
  private static final Set<FileChannel> LEFT_OPEN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final Path realPath;
  private final FileChannel lockFile;

  private AuditDirectory(Path directory, Path realPath, FileChannel lockFile) {
    this.directory = directory;
    this.realPath = realPath;
    this.lockFile = lockFile;
  }

  /**
   * Opens a directory for writing, making it if it is not there.
   *
   * @throws IOException if it cannot be written, or another log writes it
   */
  static AuditDirectory lock(Path directory) throws IOException {
    createDirectories(directory);
    Path realPath = directory.toRealPath();
    if (!WRITTEN_HERE.add(realPath)) {
      throw new LogInUseException(directory);
    }
    try {
      return new AuditDirectory(directory, realPath, lockFile(directory));
    } catch (IOException | RuntimeException e) {
      WRITTEN_HERE.remove(realPath);
      throw e;
    }
  }

  /** Makes a directory for its owner only, if it is not there. */
  static void createDirectories(Path directory) throws IOException {
    // Before Java 20, createDirectories refuses a link to a directory.
    if (Files.isDirectory(directory)) {
      return;
    }
    Path absolute = directory.toAbsolutePath();
    Path known = absolute;
    while (known.getParent() != null && !Files.isDirectory(known)) {
      known = known.getParent();
    }
    Files.createDirectories(directory, owner("rwx------"));
    // What is in a directory that nobody remembers after a loss of power is gone with it.
    for (Path at = absolute.getParent(); at != null && at.startsWith(known); at = at.getParent()) {
      try {
        sync(at);
      } catch (AccessDeniedException e) {
        return; // whose directories may be entered and not read has to see to it
      }
    }
  }

  private static FileChannel lockFile(Path directory) throws IOException {
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve("audit.lock"),
            Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            ownersFile());
    try {
      FileLock lock = lockFile.tryLock();
      if (lock != null) {
        return lockFile;
      }
    } catch (OverlappingFileLockException e) {
      LEFT_OPEN.add(lockFile); // another copy of this class holds the lock, and must not lose it
      throw new LogInUseException(directory);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
    lockFile.close();
    throw new LogInUseException(directory);
  }

  /** Makes a file and opens it. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.<OpenOption>of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
        ownersFile());
  }

  /**
   * The segments of a directory, oldest first, each once: of one that is there plain and compressed
   * (its writer died in between) the plain file counts.
   */
  static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Map<Integer, Path> segments = new TreeMap<>();
      files
          .filter(file -> SEGMENT.matcher(String.valueOf(file.getFileName())).matches())
          .forEach(
              file ->
                  segments.merge(
                      number(file), file, (one, other) -> isCompressed(one) ? other : one));
      return List.copyOf(segments.values());
    }
  }

  /** Whether a file of ours was not finished when its writer died. */
  static boolean isUnfinished(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(UNFINISHED)
        && SEGMENT.matcher(name.substring(0, name.length() - UNFINISHED.length())).matches();
  }

  /** Whether a segment is compressed. */
  static boolean isCompressed(Path segment) {
    return String.valueOf(segment.getFileName()).endsWith(COMPRESSED);
  }

  /** The names a segment may have, in the order in which they count: plain, compressed. */
  static List<Path> names(Path segment) {
    String name = String.valueOf(segment.getFileName());
    String plain =
        isCompressed(segment) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
    return List.of(segment.resolveSibling(plain), segment.resolveSibling(plain + COMPRESSED));
  }

  /** The segments, oldest first. */
  List<Path> segments() throws IOException {
    return segments(directory);
  }

  /** The path of the segment that follows the last one. */
  Path nextSegment() throws IOException {
    List<Path> segments = segments();
    int last = segments.isEmpty() ? 0 : number(segments.get(segments.size() - 1));
    return directory.resolve(String.format(Locale.ROOT, "audit-%06d.jsonl", last + 1));
  }

  Path path() {
    return directory;
  }

  static int number(Path segment) {
    String name = String.valueOf(segment.getFileName());
    return Integer.parseInt(name.substring("audit-".length(), name.indexOf('.')));
  }

  /** Makes sure that the directory itself remembers its files after a loss of power. */
  static void sync(Path directory) throws IOException {
    if (POSIX) { // elsewhere a directory cannot be opened, and need not be
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      lockFile.close();
    } finally {
      WRITTEN_HERE.remove(realPath);
    }
  }

  /** The attributes of a file that only its owner may read. */
  static FileAttribute<?>[] ownersFile() {
    return owner("rw-------");
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
