package io.mcpgovernor.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * One file of a log, plain or compressed.
 *
 * @param number its place among the log's files
 * @param plain where it is, or was before it was compressed
 * @param limit how many of its bytes were there when verification began
 */
record Segment(long number, Path plain, long limit) {
  /** What a compressed segment's name has more. */
  static final String COMPRESSED = ".gz";

  private static final int INFLATE_BYTES = 64 << 10;

  /** The file's name when it is not compressed. */
  String name() {
    return String.valueOf(plain.getFileName());
  }

  private Path compressed() {
    return plain.resolveSibling(name() + COMPRESSED);
  }

  /** The file that counts: the plain one if there are both. */
  Path path() {
    return Files.exists(plain, LinkOption.NOFOLLOW_LINKS) ? plain : compressed();
  }

  /** How large the file is, bytes; 0 if it is gone. */
  long fileBytes() {
    try {
      return Math.min(Files.size(path()), path().equals(plain) ? limit : Long.MAX_VALUE);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Whether somebody has written to it since verification began. */
  boolean hasGrown() {
    try {
      return limit != Long.MAX_VALUE && (!path().equals(plain) || Files.size(plain) != limit);
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Opens it, under whichever name it has by now.
   *
   * @param read told how many bytes of the file were read
   * @throws NoSuchFileException if it is gone
   */
  InputStream open(LongConsumer read) throws IOException {
    try {
      return regular(plain, read);
    } catch (NoSuchFileException e) {
      return new WholeGzip(
          new BufferedInputStream(regular(compressed(), read), INFLATE_BYTES), INFLATE_BYTES);
    }
  }

  private static InputStream regular(Path file, LongConsumer read) throws IOException {
    // Asked before it is opened: opening a pipe would wait for its writer.
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnreadableLogException(file + " is not a regular file but a link or the like");
    }
    return new MeteredInput(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), read);
  }
}
