package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Records with a name of their own, and what a directory holds of them. */
final class Records {
  static final int ALL = 1_000_000;

  private Records() {}

  static AuditRecord named(String name) {
    return AuditRecord.of(Event.ADMIN, Status.SUCCESS, Instant.now(), "host", name).build();
  }

  static String name(Json record) {
    return (String) record.object().get("tool_name");
  }

  static long seq(Json record) {
    return ((Number) record.object().get("seq")).longValue();
  }

  /** All records but checkpoints, oldest first, after checking the whole log. */
  static List<Json> numbered(Path directory) throws Exception {
    List<Json> records =
        LogChecker.check(directory).records().stream()
            .filter(record -> !"checkpoint".equals(record.object().get("event")))
            .toList();
    List<Json> newestFirst = new ArrayList<>(JsonlAuditLog.readLogs(directory, ALL));
    Collections.reverse(newestFirst);
    assertThat(newestFirst)
        .extracting(Records::seq)
        .isEqualTo(records.stream().map(Records::seq).toList());
    return records;
  }

  static List<String> names(List<Json> records) {
    return records.stream().map(Records::name).toList();
  }
}
