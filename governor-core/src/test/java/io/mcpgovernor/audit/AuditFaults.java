package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * What {@code scripts/audit-faults} runs: {@code write} appends records and reports each that is
 * kept, while the script lets system calls fail or kills the process; {@code check} opens all those
 * logs again, and looks for everything that was reported.
 */
final class AuditFaults {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final int RECORDS = 40;
  private static final AuditOptions OPTIONS =
      AuditOptions.builder()
          .segmentBytes(8_192)
          .checkpoints(5, Duration.ofHours(1))
          .compress(false)
          .build();

  private AuditFaults() {}

  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "write" -> write(path, arguments[2]);
      case "check" -> check(path);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void write(Path directory, String prefix) throws IOException {
    JsonlAuditLog log = JsonlAuditLog.open(directory, OPTIONS);
    for (int i = 0; i < RECORDS; i++) {
      String name = prefix + i;
      try {
        long seq = log.append(Records.named(name)).toCompletableFuture().join().seq();
        OUT.println("kept " + seq + " " + name);
      } catch (CompletionException e) {
        OUT.println("refused 0 " + name);
      }
    }
    log.close();
  }

  /** Each case is a directory with what its process reported, and its log. */
  private static void check(Path cases) throws Exception {
    List<Path> all;
    try (Stream<Path> files = Files.list(cases)) {
      all = files.sorted().toList();
    }
    int kept = 0;
    int refused = 0;
    int failed = 0;
    for (Path each : all) {
      Map<Long, String> reported = new HashMap<>();
      for (String line : Files.readAllLines(each.resolve("reported"))) {
        String[] said = line.split(" ");
        if (said.length == 3 && said[0].equals("kept")) {
          reported.put(Long.valueOf(said[1]), said[2]);
        }
        refused += said[0].equals("refused") ? 1 : 0;
      }
      kept += reported.size();
      String wrong = wrongWith(each.resolve("audit"), reported);
      if (!wrong.isEmpty()) {
        failed++;
        OUT.println(each.getFileName() + ": " + wrong);
      }
    }
    OUT.println(
        "audit-faults: %d faults, %d records acknowledged, %d refused, %d logs wrong"
            .formatted(all.size(), kept, refused, failed));
    if (failed > 0 || kept == 0) {
      System.exit(1);
    }
  }

  private static String wrongWith(Path directory, Map<Long, String> reported) {
    try {
      JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC);
      log.append(Records.named("after")).toCompletableFuture().join();
      log.close();
      for (Json record : LogChecker.check(directory).records()) {
        String name = reported.remove(Records.seq(record));
        if (name != null && !name.equals(Records.name(record))) {
          return "record " + Records.seq(record) + " is another one than was acknowledged";
        }
      }
      return reported.isEmpty() ? "" : reported.size() + " acknowledged records are not there";
    } catch (Exception | AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }
}
