package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor audit stats}. */
final class StatsCommandTest {
  private static final String TIME = "{\"timestamp\":\"2026-11-01T00:00:0";

  @TempDir private Path directory;

  private Path log() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 100; i++) {
      String who = TIME + i % 10 + "Z\",\"user_id\":\"u" + i % 4 + "\",\"tool_name\":\"t\"";
      lines.append(who + ",\"event\":\"attempt\",\"status\":\"pending\"}\n");
      lines.append(
          who
              + ",\"event\":\"outcome\",\"execution_time_ms\":"
              + i
              + ",\"overhead_us\":"
              + i
              + (i > 95
                  ? ",\"status\":\"error\",\"code\":\"timeout\"}\n"
                  : ",\"status\":\"success\"}\n"));
    }
    lines.append(
        TIME
            + "5Z\",\"user_id\":\"\u202e\\u001b[2J\",\"tool_name\":\"t\",\"event\":\"denied\",\"status\":\"error\",\"code\":\"rls\"}\n");
    lines.append(
        TIME
            + "6Z\",\"user_id\":\"u1\",\"tool_name\":\"t\",\"event\":\"denied\",\"status\":\"error\",\"code\":\"rate_limit\",\"count\":40}\n");
    lines.append(
        TIME
            + "7Z\",\"user_id\":\"system\",\"tool_name\":\"audit.checkpoint\",\"event\":\"checkpoint\",\"status\":\"success\"}\n");
    Path log = Files.createDirectory(directory.resolve("audit"));
    Files.writeString(log.resolve(SegmentFiles.name(1, false)), lines);
    return log;
  }

  @Test
  @SuppressWarnings("unchecked")
  void itCountsWhatThereIs() throws IOException {
    Path log = log();
    Map<String, @Nullable Object> stats =
        Json.text(Ran.here(new StatsCommand(), log, "--json").out()).object();

    assertThat(stats)
        .containsEntry("records", 203)
        .containsEntry("calls", 141)
        .containsEntry("denied", 41)
        .containsEntry("errors", 5)
        .containsEntry("denied_by", Map.of("rls", 1, "rate_limit", 40))
        .containsEntry("errors_by", Map.of("timeout", 5));
    Map<String, Number> execution = (Map<String, Number>) stats.get("execution_ms");
    assertThat(execution.get("count")).isEqualTo(100);
    assertThat(execution.get("max").doubleValue()).isEqualTo(100);
    assertThat(execution.get("p50").doubleValue()).isBetween(49.6, 50.4);
    assertThat(execution.get("p99").doubleValue()).isBetween(98.2, 99.8);
    Map<String, Number> overhead = (Map<String, Number>) stats.get("overhead_ms");
    assertThat(overhead.get("p95").doubleValue()).isEqualTo(0.095);
    List<Map<String, Object>> users = (List<Map<String, Object>>) stats.get("by_user");
    assertThat(users.getFirst()).containsEntry("name", "u1").containsEntry("calls", 65);
  }

  @Test
  void groupsAndTimesAndTextCanBeAskedFor() throws IOException {
    Path log = log();

    assertThat(Ran.here(new StatsCommand(), log, "--by", "policy", "--json").out())
        .contains("\"by_policy\":[{\"name\":\"-\",", "{\"name\":\"rate_limit\",\"calls\":40,")
        .doesNotContain("by_user");
    Ran text = Ran.here(new StatsCommand(), log);
    assertThat(text.out())
        .contains(
            "141 calls, 41 denied, 5 ended in an error", "rate_limit     40", "\\u202e\\u001b[2J")
        .doesNotContain("\u001b", "\u202e");
    assertThat(
            Ran.here(
                    new StatsCommand(),
                    log,
                    "--since",
                    "2026-11-01T00:00:06Z",
                    "--until",
                    "2026-11-01T00:00:07Z")
                .out())
        .contains("21 records", "50 calls, 40 denied");
    assertThat(Ran.here(new StatsCommand(), log, "--user", "nobody").out())
        .isEqualTo("no records\n");
    assertThat(Ran.here(new StatsCommand(), log, "--by", "colour").code()).isEqualTo(2);
  }
}
