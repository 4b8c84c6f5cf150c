package io.mcpgovernor.cli.audit;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as a row of CSV (RFC 4180): CR LF, a heading, texts in quotes. Spreadsheets take a cell
 * that begins with certain characters for a formula and run it, so an apostrophe is put before
 * those; users choose what stands in many cells.
 */
final class CsvRow {
  private static final List<String> COLUMNS =
      List.of(
          "timestamp",
          "seq",
          "event",
          "status",
          "user_id",
          "tenant_id",
          "server",
          "tool_name",
          "code",
          "error",
          "executed",
          "count",
          "execution_time_ms",
          "overhead_us",
          "bytes",
          "call_id",
          "principal_source",
          "principal_issuer",
          "arguments",
          "result",
          "hash");

  /** The heading. */
  static final String HEAD = String.join(",", COLUMNS) + ",log\r\n";

  private CsvRow() {}

  static String of(Map<String, @Nullable Object> fields, Path log) {
    StringBuilder row = new StringBuilder(512);
    for (String column : COLUMNS) {
      cell(row, fields.get(column)).append(',');
    }
    return cell(row, log.toString()).append("\r\n").toString();
  }

  private static StringBuilder cell(StringBuilder row, @Nullable Object value) {
    if (value == null) {
      return row;
    }
    if (value instanceof Number) {
      return row.append(value); // digits, and a sign at most
    }
    String text =
        value instanceof String string
            ? string
            : new String(Json.of(value).utf8(), StandardCharsets.UTF_8);
    row.append('"');
    if (isFormula(text)) {
      row.append('\'');
    }
    return row.append(text.replace("\"", "\"\"").replace("\u0000", "")).append('"');
  }

  /** Whether a spreadsheet might run it; white space and quotes before it do not prevent that. */
  private static boolean isFormula(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t' || c == '\r' || c == '\n') {
        return true;
      }
      if (!Character.isWhitespace(c) && !Character.isSpaceChar(c) && c > ' ' && c != '\ufeff') {
        return "=+-@＝＋－＠".indexOf(c) >= 0;
      }
    }
    return false;
  }
}
