package io.mcpgovernor.cli.demo;

import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The audit logs as their reader sees them while they are written, as one. Their directories may
 * hold records of earlier runs.
 */
final class AuditFiles {
  /** Some three times what the story writes. */
  private static final int RECORDS_MAX = 1_000;

  /** Each directory with the number of its newest record before the story begins. */
  private final Map<Path, Long> seqBefore;

  private AuditFiles(Map<Path, Long> seqBefore) {
    this.seqBefore = seqBefore;
  }

  static AuditFiles startingNow(List<Path> directories) {
    Map<Path, Long> seqBefore = new LinkedHashMap<>();
    for (Path directory : directories) {
      seqBefore.put(directory, newestOf(directory, 1).stream().mapToLong(AuditFiles::seq).sum());
    }
    return new AuditFiles(seqBefore);
  }

  /** The newest records, newest first. */
  List<Map<String, ?>> newest(int limit) {
    return merged(
        seqBefore.keySet().stream().map(directory -> newestOf(directory, limit)).toList(), limit);
  }

  /** All records since the start, newest first. */
  List<Map<String, ?>> recordsOfThisRun() {
    List<List<Map<String, ?>>> ofThisRun = new ArrayList<>();
    seqBefore.forEach(
        (directory, before) ->
            ofThisRun.add(
                newestOf(directory, RECORDS_MAX).stream()
                    .filter(record -> seq(record) > before)
                    .toList()));
    return merged(ofThisRun, RECORDS_MAX);
  }

  /** Several logs by time; one is in order as it is. */
  private static List<Map<String, ?>> merged(List<List<Map<String, ?>>> logs, int limit) {
    if (logs.size() == 1) {
      return logs.getFirst();
    }
    return logs.stream()
        .flatMap(List::stream)
        .sorted(
            Comparator.<Map<String, ?>, String>comparing(
                    record -> String.valueOf(record.get("timestamp")))
                .reversed())
        .limit(limit)
        .toList();
  }

  private static List<Map<String, ?>> newestOf(Path directory, int limit) {
    if (!Files.isDirectory(directory)) {
      return List.of(); // its writer has not started yet
    }
    try {
      return JsonlAuditLog.readLogs(directory, limit).stream()
          .<Map<String, ?>>map(Json::object)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log in " + directory + " cannot be read", e);
    }
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

  /** All files of the logs, one after the other. */
  String text() {
    return seqBefore.keySet().stream().map(AuditFiles::textOf).collect(Collectors.joining());
  }

  private static String textOf(Path directory) {
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
