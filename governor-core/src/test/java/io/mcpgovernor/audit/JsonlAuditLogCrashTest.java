package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log promises when its process or its disk lets it down; other processes do it here. */
class JsonlAuditLogCrashTest {
  @TempDir private Path temporary;

  /** As many rounds as {@code -Dgovernor.kill.rounds} says; each log is killed twenty times. */
  @Test
  void everyAcknowledgedRecordIsThereAfterKill9() throws Exception {
    int rounds = Integer.getInteger("governor.kill.rounds", 20);
    Random random = new Random(9);
    for (int round = 0; round < rounds; round += 20) {
      Path directory = temporary.resolve("round" + round);
      Map<Long, String> acknowledged = new HashMap<>();
      for (int kill = 0; kill < Math.min(20, rounds - round); kill++) {
        int before = acknowledged.size();
        acknowledged.putAll(killed(directory, 1 + random.nextInt(1_500)));
        assertThat(acknowledged).hasSizeGreaterThan(before);
      }
      JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC);
      log.append(Records.named("last")).toCompletableFuture().join();
      log.close();
      List<Json> records = Records.numbered(directory);
      for (Json record : records) {
        String name = acknowledged.remove(Records.seq(record));
        if (name != null) {
          assertThat(Records.name(record)).isEqualTo(name);
        }
      }
      assertThat(acknowledged).as("acknowledged and not there").isEmpty();
      assertThat(records).last().extracting(Records::name).isEqualTo("last");
    }
  }

  /** Kills a process after so many acknowledgements, and says what it acknowledged. */
  private static Map<Long, String> killed(Path directory, int after) throws Exception {
    Process process = AuditChild.start("append", directory);
    try (BufferedReader output = AuditChild.output(process)) {
      List<String> lines = new ArrayList<>();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (lines.size() == after) {
          process.toHandle().destroyForcibly(); // SIGKILL; what it reported stays in the pipe
        }
      }
      Map<Long, String> acknowledged = new HashMap<>();
      lines.stream()
          .filter(line -> line.matches("\\d+ run\\d+-\\d+-\\d+"))
          .forEach(line -> acknowledged.put(Long.valueOf(line.split(" ")[0]), line.split(" ")[1]));
      return acknowledged;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void whenAFileTakesNoMoreTheBatchGoesToANewOneAndNobodyIsRefused() throws Exception {
    Path directory = temporary.resolve("audit");
    // No file may get larger than 2 or 4 MiB, depending on the shell: a write fails half-way.
    List<String> lines =
        AuditChild.run("fail", directory, "sh", "-c", "ulimit -f 4096 && exec \"$0\" \"$@\"");
    assertThat(lines).last().isEqualTo("done");
    Map<String, Long> kept = new HashMap<>();
    List<Json> records = Records.numbered(directory);
    for (Json record : records) {
      kept.put(Records.name(record), Records.seq(record));
    }
    assertThat(kept.remove("audit.recover")).isNotNull();
    for (String line : lines.subList(0, lines.size() - 1)) {
      String[] said = line.split(" ");
      assertThat(said[0]).isEqualTo("kept");
      assertThat(kept.remove(said[2])).isEqualTo(Long.parseLong(said[1]));
    }
    assertThat(kept).as("records that nobody was told are kept").isEmpty();
    assertThat(records)
        .filteredOn(record -> Records.name(record).equals("audit.recover"))
        .singleElement()
        .extracting(record -> ((Map<?, ?>) record.object().get("arguments")).get("gave_up"))
        .isEqualTo("audit-000001.jsonl");
  }
}
