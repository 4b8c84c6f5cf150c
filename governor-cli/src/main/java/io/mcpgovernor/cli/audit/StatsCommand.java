package io.mcpgovernor.cli.audit;

import io.mcpgovernor.call.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code governor audit stats}: how many calls, denials and errors, and how long they took. */
@Command(
    name = "stats",
    description = "Counts calls, denials and errors, and says how long calls took.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Read from the log's lines, without an index. Percentiles are exact to 0.8 %.",
      "Exit codes: 0 all was read, 1 error or a segment that cannot be read, 2 wrong",
      "usage, 141 nobody reads the output."
    })
final class StatsCommand extends ReadsLogs {
  private static final int TOP = 10;
  private static final int TOP_MAX = 10_000;

  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(
      names = "--by",
      paramLabel = "user|tenant|tool|server|policy",
      description = "Only this, and all of it, instead of the ten most frequent tools and users.")
  private LogStats.@Nullable By by;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Made by the command line. */
  StatsCommand() {}

  @Override
  protected int read(List<Path> logs, Lines out, Trouble trouble) throws IOException {
    EnumSet<LogStats.By> groups =
        by == null ? EnumSet.of(LogStats.By.TOOL, LogStats.By.USER) : EnumSet.of(by);
    EntryFilter wanted = filter.filter();
    LogStats stats = new LogStats(groups);
    for (Path log : logs) {
      try (LogScan scan = new LogScan(log, wanted.sinceMicros(), trouble)) {
        while (scan.next()) {
          if (wanted.matches(scan.entry())) {
            stats.add(scan.entry());
          }
        }
      }
    }
    if (json) {
      out.line(JsonWriter.bytes(writer -> write(stats, groups, writer)));
    } else {
      print(stats, groups, out);
    }
    return 0;
  }

  private void print(LogStats stats, EnumSet<LogStats.By> groups, Lines out) throws IOException {
    Style style = Style.ofStandardOutput();
    if (stats.records() == 0) {
      out.line("no records");
      return;
    }
    LogStats.Group all = stats.all();
    out.line(
        stats.records()
            + " records from "
            + Moment.of(stats.firstMicros())
            + " to "
            + Moment.of(stats.lastMicros()));
    out.line(
        all.calls()
            + " calls, "
            + all.denied()
            + " denied, "
            + all.failed()
            + " ended in an error");
    List<List<String>> latencies =
        List.of(latencies("execution", all.execution()), latencies("overhead", all.overhead()));
    TextTable.ofNumbers(out, style, List.of("MS", "COUNT", "P50", "P95", "P99", "MAX"), latencies);
    counts(out, style, "DENIED BY", stats.denials());
    counts(out, style, "ERROR", stats.errors());
    for (LogStats.By group : groups) {
      List<List<String>> rows = new ArrayList<>();
      for (Map.Entry<String, LogStats.Group> entry : top(stats, group)) {
        LogStats.Group one = entry.getValue();
        List<String> row =
            new ArrayList<>(
                List.of(
                    cut(entry.getKey()),
                    Long.toString(one.calls()),
                    Long.toString(one.denied()),
                    Long.toString(one.failed())));
        row.addAll(percentiles(one.execution()));
        rows.add(row);
      }
      TextTable.ofNumbers(
          out,
          style,
          List.of(
              group.name(), "CALLS", "DENIED", "ERRORS", "P50 MS", "P95 MS", "P99 MS", "MAX MS"),
          rows);
    }
  }

  private static List<String> latencies(String name, Latencies of) {
    List<String> row = new ArrayList<>(List.of(name, Long.toString(of.count())));
    row.addAll(percentiles(of));
    return row;
  }

  private static List<String> percentiles(Latencies of) {
    return List.of(
        millis(of.percentile(0.5)),
        millis(of.percentile(0.95)),
        millis(of.percentile(0.99)),
        millis(of.max()));
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.3f", micros / 1_000.0);
  }

  private static void counts(Lines out, Style style, String name, Map<String, Long> counts)
      throws IOException {
    TextTable.ofNumbers(
        out,
        style,
        List.of(name, "COUNT"),
        sorted(counts).stream()
            .map(entry -> List.of(cut(entry.getKey()), Long.toString(entry.getValue())))
            .toList());
  }

  private static List<Map.Entry<String, Long>> sorted(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  private List<Map.Entry<String, LogStats.Group>> top(LogStats stats, LogStats.By group) {
    Comparator<Map.Entry<String, LogStats.Group>> most =
        Comparator.comparingLong(entry -> -entry.getValue().calls());
    return stats.groups(group).entrySet().stream()
        .sorted(most.thenComparing(Map.Entry.comparingByKey()))
        .limit(by == null ? TOP : TOP_MAX + 1)
        .toList();
  }

  private static String cut(String name) {
    return TextTable.cell(name);
  }

  private void write(LogStats stats, EnumSet<LogStats.By> groups, JsonWriter json) {
    json.beginObject().field("records", stats.records());
    if (stats.records() > 0) {
      json.name("from").value(Moment.of(stats.firstMicros()));
      json.name("to").value(Moment.of(stats.lastMicros()));
    }
    write(stats.all(), json);
    json.name("overhead_ms");
    write(stats.all().overhead(), json);
    writeCounts("denied_by", stats.denials(), json);
    writeCounts("errors_by", stats.errors(), json);
    for (LogStats.By group : groups) {
      json.name("by_" + Moment.lower(group.name())).beginArray();
      for (Map.Entry<String, LogStats.Group> entry : top(stats, group)) {
        json.beginObject().field("name", entry.getKey());
        write(entry.getValue(), json);
        json.endObject();
      }
      json.endArray();
    }
    json.endObject();
  }

  private static void write(LogStats.Group group, JsonWriter json) {
    json.field("calls", group.calls())
        .field("denied", group.denied())
        .field("errors", group.failed())
        .name("execution_ms");
    write(group.execution(), json);
  }

  private static void write(Latencies of, JsonWriter json) {
    json.beginObject()
        .field("count", of.count())
        .field("p50", of.percentile(0.5) / 1_000.0)
        .field("p95", of.percentile(0.95) / 1_000.0)
        .field("p99", of.percentile(0.99) / 1_000.0)
        .field("max", of.max() / 1_000.0)
        .endObject();
  }

  private static void writeCounts(String name, Map<String, Long> counts, JsonWriter json) {
    json.name(name).beginObject();
    for (Map.Entry<String, Long> entry : sorted(counts)) {
      json.field(entry.getKey(), entry.getValue());
    }
    json.endObject();
  }
}
