package io.mcpgovernor.config.grants;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** Makes the file that holds a store, for its owner only; SQLite gives its log the same rights. */
final class StoreFile {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private StoreFile() {}

  /** Makes an empty file and its directory where they are not there. */
  static void make(Path file) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory, owner("rwx------"));
    }
    try {
      Files.createFile(file, owner("rw-------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("is no file", e); // whatever a link leads to is not ours to write
      }
      if (POSIX) {
        Set<PosixFilePermission> rights = new HashSet<>(Files.getPosixFilePermissions(file));
        if (rights.retainAll(PosixFilePermissions.fromString("rw-------"))) {
          Files.setPosixFilePermissions(file, rights);
        }
      }
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
