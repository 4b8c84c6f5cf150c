package io.mcpgovernor.bench;

import io.mcpgovernor.call.JsonWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The rows of a benchmark, for people and for machines. */
public final class Report {
  private static final String LINE = "%-44s %-6s %9s %8s %-4s %9s %6s %8s %8s %8s %8s %8s %8s%n";

  private final List<Row> rows;

  /** A report of these rows, in this order. */
  public Report(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** This report and then another one. */
  public Report and(Report other) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(other.rows);
    return new Report(all);
  }

  /** Whether every figure that has a goal met it. */
  public boolean isMet() {
    return rows.stream().allMatch(row -> row.goal().isEmpty() || row.met());
  }

  /** Prints a table. */
  public void printTable(PrintStream out) {
    out.printf(
        Locale.ROOT,
        LINE,
        "what",
        "unit",
        "value",
        "goal",
        "met",
        "baseline",
        "ratio",
        "n",
        "min",
        "median",
        "mean",
        "p99",
        "max");
    for (Row row : rows) {
      Samples samples = row.samples();
      out.printf(
          Locale.ROOT,
          LINE,
          row.name(),
          row.unit(),
          text(row.value()),
          text(row.goal()),
          row.goal().isEmpty() ? "" : row.met() ? "yes" : "NO",
          text(row.baseline()),
          text(row.ratio()),
          samples.count(),
          text(samples.min()),
          text(samples.median()),
          text(samples.mean()),
          text(samples.p99()),
          text(samples.max()));
    }
  }

  /** Prints one JSON object: {@code {"rows": [...]}}. */
  public void printJson(PrintStream out) {
    JsonWriter json = new JsonWriter(4096);
    json.beginObject().name("rows").beginArray();
    rows.forEach(row -> row.writeTo(json));
    json.endArray().endObject();
    out.println(new String(json.toByteArray(), StandardCharsets.UTF_8));
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? text(value.getAsDouble()) : "";
  }

  private static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
  }
}
