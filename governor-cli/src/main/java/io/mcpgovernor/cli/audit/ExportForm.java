package io.mcpgovernor.cli.audit;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms in which records are exported. */
enum ExportForm {
  /** The lines of the log, byte for byte. */
  JSONL {
    @Override
    byte[] of(FoundRecord record) {
      byte[] line = new byte[record.line().length + 1];
      System.arraycopy(record.line(), 0, line, 0, record.line().length);
      line[line.length - 1] = '\n';
      return line;
    }
  },
  /** A table for spreadsheets. */
  CSV {
    @Override
    byte[] head() {
      return CsvRow.HEAD.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    byte[] of(FoundRecord record) {
      return CsvRow.of(fields(record), record.log()).getBytes(StandardCharsets.UTF_8);
    }
  },
  /** API Activity events of the Open Cybersecurity Schema Framework, one a line. */
  OCSF {
    @Override
    boolean takes(LogEntry entry, boolean isEventAskedFor) {
      return switch (entry.event()) {
        case "outcome", "denied", "admin" -> true;
        case "attempt" -> isEventAskedFor;
        default -> false;
      };
    }

    @Override
    byte[] of(FoundRecord record) {
      return OcsfEvent.of(fields(record), record.entry());
    }
  };

  /** What comes before the first record. */
  byte[] head() {
    return new byte[0];
  }

  /** Whether a record has a place in this form. */
  boolean takes(LogEntry entry, boolean isEventAskedFor) {
    return true;
  }

  /** A record, with its line break. */
  abstract byte[] of(FoundRecord record);

  private static Map<String, @Nullable Object> fields(FoundRecord record) {
    return Json.lenient(record.line()).object();
  }
}
