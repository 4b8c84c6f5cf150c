package io.mcpgovernor.cli.wrap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's file: read as a whole, and replaced as a whole or not at all, after what it was has
 * been kept beside it.
 */
final class ClientFile {
  /** Claude Code keeps more than servers in its file; some megabytes are usual. */
  private static final int BYTES_MAX = 64 << 20;

  private static final String BACKUP = ".before-governor";
  private static final int BACKUPS_MAX = 1_000;

  private final Path path;
  private final byte[] bytes;

  private ClientFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /** Reads one. */
  static ClientFile read(Path path) throws IOException {
    Path real = path.toRealPath();
    if (!Files.isRegularFile(real)) {
      throw new IOException("it is no file");
    }
    if (Files.size(real) > BYTES_MAX) {
      throw new IOException("it is larger than " + (BYTES_MAX >> 20) + " MiB");
    }
    return new ClientFile(real, Files.readAllBytes(real));
  }

  /** The file itself, and not a link to it, which would be replaced in its place. */
  Path path() {
    return path;
  }

  /**
   * What it says.
   *
   * @throws MalformedFileException if it is not UTF-8
   */
  String text() {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(0, "the file is not UTF-8");
    }
  }

  /**
   * Puts a text in its place.
   *
   * @return the backup
   */
  Path replace(String text) throws IOException {
    PosixFileAttributeView owners = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    PosixFileAttributes attributes = owners == null ? null : owners.readAttributes();
    Path backup = backup(attributes);
    Path fresh = sibling(".governor-" + ProcessHandle.current().pid());
    try {
      write(fresh, text.getBytes(StandardCharsets.UTF_8), attributes);
      if (!Arrays.equals(bytes, Files.readAllBytes(path))) {
        throw new IOException("it changed meanwhile, so it is left as it is; try again");
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    return backup;
  }

  /** The first free name gets it, unless one is there that holds the same. */
  private Path backup(@Nullable PosixFileAttributes attributes) throws IOException {
    for (int i = 1; i <= BACKUPS_MAX; i++) {
      Path backup = sibling(i == 1 ? BACKUP : BACKUP + "-" + i);
      try {
        write(backup, bytes, attributes);
        return backup;
      } catch (FileAlreadyExistsException e) {
        if (Files.isRegularFile(backup)
            && Files.size(backup) == bytes.length
            && Arrays.equals(bytes, Files.readAllBytes(backup))) {
          return backup;
        }
      }
    }
    throw new IOException("there are " + BACKUPS_MAX + " backups; remove some");
  }

  private Path sibling(String end) {
    return path.resolveSibling(path.getFileName() + end);
  }

  /** Whole and on disk, with the same mode and owner: what the client could read, it still can. */
  private static void write(Path file, byte[] bytes, @Nullable PosixFileAttributes attributes)
      throws IOException {
    Set<StandardOpenOption> asNew =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Set<PosixFilePermission> ownersOnly =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    FileAttribute<?>[] atFirst =
        attributes == null
            ? new FileAttribute<?>[0]
            : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(ownersOnly)};
    try (FileChannel channel = FileChannel.open(file, asNew, atFirst)) {
      ByteBuffer all = ByteBuffer.wrap(bytes);
      while (all.hasRemaining()) {
        channel.write(all);
      }
      if (attributes != null) {
        PosixFileAttributeView view =
            Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (!view.getOwner().equals(attributes.owner())) {
          view.setOwner(attributes.owner());
        }
        view.setGroup(attributes.group());
        view.setPermissions(attributes.permissions());
      }
      channel.force(true);
    }
  }
}
