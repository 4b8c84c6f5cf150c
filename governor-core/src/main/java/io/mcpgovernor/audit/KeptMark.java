package io.mcpgovernor.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the log was when somebody was last told that a record is on disk: {@code kept} among the
 * keys, out of reach of whoever can write the log alone. A crash never takes the log back behind
 * it; so where records up to it are gone or changed at the next start, it was no crash.
 *
 * <p>It is not forced to disk, which would cost as much as the record did: after a loss of power it
 * may be an older one, which is true as well. Used by the writer's thread only.
 */
final class KeptMark implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JsonlAuditLog.class);
  private static final String NAME = "kept";

  /** Always as many, so that a new line covers the old one. */
  private static final int SEQ_DIGITS = 19;

  private static final Pattern LINE = Pattern.compile("(\\d{" + SEQ_DIGITS + "}) ([0-9a-f]{64})\n");

  /** A record that was kept for certain. */
  record Mark(long seq, String hash) {}

  private final Path path;
  private @Nullable FileChannel file;

  private KeptMark(Path path, @Nullable FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /** Where the mark of a log stands. */
  static Path path(Path keys) {
    return keys.resolve(NAME);
  }

  /** The last mark, or null where there is none, or only a part of one. */
  static @Nullable Mark read(Path keys) throws IOException {
    try {
      Matcher line = LINE.matcher(Files.readString(path(keys), StandardCharsets.ISO_8859_1));
      return line.matches() ? new Mark(Long.parseLong(line.group(1)), line.group(2)) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Opens the mark for writing; a log without one is kept all the same. */
  static KeptMark open(Path keys) {
    Path path = path(keys);
    try {
      return new KeptMark(
          path,
          Files.exists(path)
              ? FileChannel.open(path, StandardOpenOption.WRITE)
              : AuditDirectory.create(path));
    } catch (IOException e) {
      LOG.warn("{} cannot be written: records that vanish while nobody looks go unnoticed.", path);
      return new KeptMark(path, null);
    }
  }

  /** Says how far the log is now. */
  void set(long seq, byte[] hash) {
    FileChannel mark = file;
    if (mark == null) {
      return;
    }
    String digits = Long.toString(seq);
    // Not formatted: this stands between one batch and the next.
    String line =
        "0".repeat(SEQ_DIGITS - digits.length())
            + digits
            + ' '
            + HexFormat.of().formatHex(hash)
            + '\n';
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
      for (int at = 0; bytes.hasRemaining(); ) {
        at += mark.write(bytes, at);
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be written any more; the one there stays true.", path);
      close();
    }
  }

  @Override
  public void close() {
    FileChannel mark = file;
    file = null;
    if (mark != null) {
      try {
        mark.close();
      } catch (IOException e) {
        LOG.debug("{} could not be closed", path, e);
      }
    }
  }
}
