package io.mcpgovernor.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** Files that only their owner reads, where the file system knows owners; on disk when written. */
final class OwnerFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerFiles() {}

  static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, owner("rwx------"));
    }
  }

  /** Writes a file anew; whoever reads it meanwhile sees the old or the new content. */
  static void replace(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(unfinished);
    write(unfinished, content, StandardOpenOption.CREATE_NEW);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void append(Path file, byte[] content) throws IOException {
    write(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Opens a file for writing, and makes it if it is not there. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        owner("rw-------"));
  }

  private static void write(Path file, byte[] content, OpenOption... how) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(how));
    options.add(StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, owner("rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
