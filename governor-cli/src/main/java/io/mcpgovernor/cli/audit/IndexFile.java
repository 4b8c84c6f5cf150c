package io.mcpgovernor.cli.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds a log's index: beside the segments, or, where that cannot be written, in the
 * user's state directory. Readable by its owner only.
 */
final class IndexFile {
  /** What it is called beside the segments. */
  static final String NAME = "search-index.sqlite";

  /** Result codes of SQLite that say nothing against the file: busy, full, no permission. */
  private static final Set<Integer> OF_THE_MOMENT = Set.of(3, 5, 6, 7, 8, 9, 13, 14, 23);

  private IndexFile() {}

  /**
   * The file for a log; it may be empty still.
   *
   * @return null where there is no place that can be written
   */
  static @Nullable Path of(Path log) {
    Path beside = log.resolve(NAME);
    if (isWritable(beside)) {
      return beside;
    }
    Path state = StateDirectory.find();
    if (state == null) {
      return null;
    }
    try {
      Path directory = state.resolve("search");
      Files.createDirectories(directory, OwnerFiles.with("rwx------"));
      byte[] path = log.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
      String name = HexFormat.of().formatHex(Hash64.sha256(path), 0, 16);
      Path file = directory.resolve(name + ".sqlite");
      return isWritable(file) ? file : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isWritable(Path file) {
    try {
      if (Files.isSymbolicLink(file)) {
        Files.delete(file); // whatever it leads to is not ours to write
      }
      Files.createFile(file, OwnerFiles.with("rw-------"));
      return true;
    } catch (FileAlreadyExistsException e) {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.isWritable(file)
          && hasRoomBeside(file)
          && isMadePrivate(file);
    } catch (IOException e) {
      return false;
    }
  }

  /** SQLite makes its journal beside the file. */
  private static boolean hasRoomBeside(Path file) {
    Path directory = file.getParent();
    return directory != null && Files.isWritable(directory);
  }

  private static boolean isMadePrivate(Path file) {
    try {
      if (OwnerFiles.POSIX) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      return true;
    } catch (IOException e) {
      return false; // somebody else's
    }
  }

  /** Whether an error says that the file is damaged, or no index of ours. */
  static boolean isUseless(SQLException e) {
    return !OF_THE_MOMENT.contains(e.getErrorCode() & 0xFF);
  }

  /** Deletes an index that is of no use. */
  static void delete(Path file) throws IOException {
    // The journal first: SQLite would roll it back into the next file of that name.
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-journal"));
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    Files.deleteIfExists(file);
  }
}
