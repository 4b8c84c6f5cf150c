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

  @Test
  void everyAcknowledgedRecordIsThereAfterKill9() throws Exception {
    Path directory = temporary.resolve("audit");
    Random random = new Random(9);
    Map<Long, String> acknowledged = new HashMap<>();
    for (int round = 0; round < 5; round++) {
      int before = acknowledged.size();
      Process process = AuditChild.start("append", directory);
      int last = 1 + random.nextInt(2_000);
      try (BufferedReader output = AuditChild.output(process)) {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          lines.add(line);
          if (lines.size() == last) {
            process.toHandle().destroyForcibly(); // SIGKILL; what it reported stays in the pipe
          }
        }
        lines.stream()
            .filter(line -> line.matches("\\d+ run\\d+-\\d+-\\d+"))
            .forEach(
                line -> acknowledged.put(Long.valueOf(line.split(" ")[0]), line.split(" ")[1]));
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(acknowledged).hasSizeGreaterThan(before);
      List<Json> records = Records.numbered(directory);
      acknowledged.forEach(
          (seq, name) -> assertThat(Records.name(records.get((int) (seq - 1)))).isEqualTo(name));
    }
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC);
    log.append(Records.named("last")).toCompletableFuture().join();
    log.close();
    assertThat(Records.numbered(directory)).last().extracting(Records::name).isEqualTo("last");
  }

  @Test
  void whatCannotBeWrittenIsRefusedAndTheLogGoesOnByItselfWhenItCan() throws Exception {
    Path directory = temporary.resolve("audit");
    // No file may get larger than 64 or 128 KiB, depending on the shell: a write fails half-way.
    List<String> lines =
        AuditChild.run("fail", directory, "sh", "-c", "ulimit -f 128 && exec \"$0\" \"$@\"");
    assertThat(lines).last().isEqualTo("done");
    List<Json> records = Records.numbered(directory);
    Map<String, Long> kept = new HashMap<>();
    for (Json record : records) {
      assertThat(kept.put(Records.name(record), Records.seq(record))).isNull();
    }
    int refused = 0;
    for (String line : lines.subList(0, lines.size() - 1)) {
      String[] said = line.split(" ");
      if (said[0].equals("kept")) {
        assertThat(kept.remove(said[2])).isEqualTo(Long.parseLong(said[1]));
        assertThat(said[2]).doesNotStartWith("away");
      } else {
        refused++;
        assertThat(kept).doesNotContainKey(said[2]);
        assertThat(said[2]).doesNotStartWith("back");
      }
    }
    assertThat(kept).as("records that nobody was told are kept").isEmpty();
    assertThat(refused).as("three, and a batch or its forerunner").isIn(3 + 50, 3 + 1);
    assertThat(AuditDirectory.segments(directory)).hasSize(2);
  }
}
