package io.mcpgovernor.cli.demo;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The audit log as its reader sees it, through the governor and as files. The directory may hold
 * records of earlier runs.
 */
final class AuditFiles {
  /** Some three times what the story writes. */
  private static final int RECORDS_MAX = 1_000;

  private final Path directory;
  private final Governor governor;
  private final long seqBefore;

  private AuditFiles(Path directory, Governor governor, long seqBefore) {
    this.directory = directory;
    this.governor = governor;
    this.seqBefore = seqBefore;
  }

  static AuditFiles startingNow(Path directory, Governor governor) {
    long newest = governor.readLogs(1).stream().mapToLong(record -> seq(record.object())).sum();
    return new AuditFiles(directory, governor, newest);
  }

  /** The newest records, newest first. */
  List<Map<String, ?>> newest(int limit) {
    return governor.readLogs(limit).stream().<Map<String, ?>>map(Json::object).toList();
  }

  /** All records since the start, newest first. */
  List<Map<String, ?>> recordsOfThisRun() {
    return newest(RECORDS_MAX).stream().filter(record -> seq(record) > seqBefore).toList();
  }

  /** What governance took in a user's newest calls: the median, microseconds. */
  long medianOverheadMicros(String user, int calls) {
    List<Long> micros =
        // A call leaves two records at most.
        newest(2 * calls).stream()
            .filter(record -> user.equals(record.get("user_id")))
            .map(AuditFiles::overheadMicros)
            .filter(overhead -> overhead >= 0)
            .limit(calls)
            .sorted()
            .toList();
    return micros.get(micros.size() / 2);
  }

  /** What governance took of a call, microseconds; -1 if the record does not tell. */
  static long overheadMicros(Map<String, ?> record) {
    return record.get("overhead_us") instanceof Number micros ? micros.longValue() : -1;
  }

  /** All files of the log, one after the other. */
  String text() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(AuditFiles::read)
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      // A character a byte, so that nothing is lost or changed.
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long seq(Map<String, ?> record) {
    return record.get("seq") instanceof Number seq ? seq.longValue() : 0;
  }
}
