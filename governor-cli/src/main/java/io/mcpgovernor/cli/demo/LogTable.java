package io.mcpgovernor.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Audit records, one line each. */
final class LogTable {
  private LogTable() {}

  static List<String> lines(List<Map<String, ?>> records) {
    List<String> lines = new ArrayList<>();
    lines.add(line("time (UTC)", "event", "user", "tenant", "tool", "status", "code", "ms"));
    for (Map<String, ?> record : records) {
      lines.add(
          line(
              timeOfDay(text(record.get("timestamp"))),
              text(record.get("event")),
              text(record.get("user_id")),
              text(record.get("tenant_id")),
              text(record.get("tool_name")),
              text(record.get("status")),
              text(record.get("code")),
              "outcome".equals(record.get("event"))
                  ? millis(record.get("execution_time_ms"))
                  : "-"));
    }
    return lines;
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%-12s  %-7s  %-12s  %-6s  %-20s  %-7s  %-12s  %6s", cells)
        .stripTrailing();
  }

  /** To the millisecond. */
  private static String timeOfDay(String timestamp) {
    return timestamp.length() < 23 ? timestamp : timestamp.substring(11, 23);
  }

  private static String millis(@Nullable Object value) {
    return value instanceof Number millis
        ? String.format(Locale.ROOT, "%.2f", millis.doubleValue())
        : "-";
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }
}
