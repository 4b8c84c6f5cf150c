package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.audit.AuditKeys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where records are kept: can it be written, is there room, who else may read it, are its keys
 * there, does a gateway write it? Nothing stays behind.
 */
final class AuditCheck {
  static final String WHAT = "audit";

  /** What a log needs to go on for a while. */
  private static final long ROOM_FAIL = 64L << 20;

  private static final long ROOM_WARN = 1L << 30;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path directory;
  private final @Nullable Path keys;
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Instant lastWritten;
  private @Nullable Duration fileClockAhead;

  private AuditCheck(Path directory, @Nullable Path keys) {
    this.directory = directory;
    this.keys = keys;
  }

  /**
   * What was found.
   *
   * @param isWritten whether some process writes the log now
   * @param lastWritten when its newest file was written; null if it has none
   * @param fileClockAhead how far the clock of the file system is ahead of ours; null if unknown
   */
  record Found(
      List<Finding> findings,
      boolean isWritten,
      @Nullable Instant lastWritten,
      @Nullable Duration fileClockAhead) {}

  /**
   * Looks.
   *
   * @param keys where the log's keys are; null if there are logs below and the directory is none
   */
  static Found look(Path directory, @Nullable Path keys) {
    AuditCheck check = new AuditCheck(directory, keys);
    boolean isWritten = false;
    try {
      if (check.isThere()) {
        check.modes(directory, "");
        check.write();
        check.newest();
        isWritten = check.isLocked();
      }
      check.room();
      check.keys();
    } catch (IOException e) {
      check.findings.add(
          Finding.fail(
              WHAT,
              directory + " cannot be looked at (" + e.getMessage() + ")",
              "see that this user may read and write it"));
    }
    if (check.findings.isEmpty()) {
      String text = isWritten ? "is written by a gateway now" : "can be written";
      check.findings.add(
          Finding.ok(WHAT, directory + " " + text + ", " + room(check.usable()) + " are free"));
    }
    return new Found(check.findings, isWritten, check.lastWritten, check.fileClockAhead);
  }

  private boolean isThere() {
    if (Files.isDirectory(directory)) {
      return true;
    }
    Path above = existing();
    if (Files.exists(directory)) {
      findings.add(
          Finding.fail(WHAT, directory + " is no directory", "move it away, or set audit.dir"));
    } else if (above == null || !Files.isWritable(above)) {
      findings.add(
          Finding.fail(
              WHAT,
              directory + " is not there and cannot be made",
              "make it and give it to the gateway's user, or set audit.dir"));
    }
    return false;
  }

  private @Nullable Path existing() {
    Path at = directory.toAbsolutePath();
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at;
  }

  /** Whether others than the owner may do anything with it. */
  private void modes(Path path, String about) throws IOException {
    if (!POSIX) {
      return;
    }
    Set<PosixFilePermission> more = EnumSet.copyOf(OTHERS);
    more.retainAll(Files.getPosixFilePermissions(path));
    if (!more.isEmpty()) {
      String mode = Files.isDirectory(path) ? "700" : "600";
      findings.add(
          Finding.warn(
              WHAT,
              about + path + " is open to others than its owner",
              "chmod " + mode + " " + path));
    }
  }

  /** As the log does it: a new file, written and on disk. */
  private void write() {
    Path probe = directory.resolve(".doctor-" + ProcessHandle.current().pid());
    try {
      try (FileChannel channel =
          FileChannel.open(probe, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(StandardCharsets.UTF_8.encode("doctor\n"));
        channel.force(true);
      } finally {
        Instant now = Instant.now();
        if (Files.exists(probe)) {
          fileClockAhead = Duration.between(now, Files.getLastModifiedTime(probe).toInstant());
        }
        Files.deleteIfExists(probe);
      }
    } catch (IOException e) {
      findings.add(
          Finding.fail(
              WHAT,
              directory + " cannot be written (" + e.getMessage() + ")",
              "give it to the gateway's user, or see what is wrong with the disk"));
    }
  }

  private void newest() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (String.valueOf(file.getFileName()).matches("audit-\\d+\\.jsonl(\\.gz)?")) {
          Instant written = Files.getLastModifiedTime(file).toInstant();
          if (lastWritten == null || written.isAfter(lastWritten)) {
            lastWritten = written;
          }
        }
      }
    }
  }

  private boolean isLocked() throws IOException {
    Path lock = directory.resolve("audit.lock");
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  private long usable() {
    try {
      Path at = existing();
      return at == null ? Long.MAX_VALUE : Files.getFileStore(at).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // not every file system says
    }
  }

  private void room() {
    long usable = usable();
    if (usable < ROOM_WARN) {
      String text = "only " + room(usable) + " are free for " + directory;
      String mend = "make room; calls are refused when none is left (audit.keep, audit.keep_bytes)";
      findings.add(
          usable < ROOM_FAIL ? Finding.fail(WHAT, text, mend) : Finding.warn(WHAT, text, mend));
    }
  }

  private static String room(long bytes) {
    return bytes >= 10L << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
  }

  private void keys() throws IOException {
    if (keys == null) {
      return;
    }
    if (!Files.isDirectory(keys)) {
      if (lastWritten != null) {
        findings.add(
            Finding.fail(
                WHAT,
                "the log has records, and its keys are not in " + keys,
                "bring them back from a backup, or set audit.keys to where they are"));
      }
      return; // those of a new log are made at the first start
    }
    modes(keys, "the keys of the log: ");
    try {
      AuditKeys.read(keys);
    } catch (IOException e) {
      findings.add(
          Finding.fail(
              WHAT,
              "the keys in " + keys + " are not whole (" + e.getMessage() + ")",
              "bring them back from a backup"));
      return;
    }
    try (Stream<Path> files = Files.list(keys)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (String.valueOf(file.getFileName()).endsWith(".key")) {
          modes(file, "a private key: ");
        }
      }
    }
  }
}
