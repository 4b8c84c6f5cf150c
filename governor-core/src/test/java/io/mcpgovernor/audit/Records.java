package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records with a name of their own, and what a directory holds of them. */
final class Records {
  static final int ALL = 1_000_000;

  private Records() {}

  static AuditRecord named(String name) {
    return AuditRecord.of(Event.ADMIN, Status.SUCCESS, Instant.EPOCH, "host", name).build();
  }

  static String name(Json record) {
    return (String) record.object().get("tool_name");
  }

  static long seq(Json record) {
    return ((Number) record.object().get("seq")).longValue();
  }

  /** All records, oldest first, after checking that their numbers go 1, 2, 3 and so on. */
  static List<Json> numbered(Path directory) throws IOException {
    List<Json> newestFirst = JsonlAuditLog.readLogs(directory, ALL);
    List<Json> records = new ArrayList<>();
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      records.add(newestFirst.get(i));
      assertThat(seq(newestFirst.get(i))).isEqualTo(records.size());
    }
    return records;
  }

  static List<String> names(List<Json> records) {
    return records.stream().map(Records::name).toList();
  }
}
