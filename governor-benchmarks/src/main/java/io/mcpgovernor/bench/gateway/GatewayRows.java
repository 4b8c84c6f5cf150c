package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one load, as rows. Each figure is the median of the rounds, and its samples
 * are the rounds; what is added is taken round by round, for two slices that follow each other met
 * the same machine.
 */
final class GatewayRows {
  /** In front of everything, one client waits at most this much longer, microseconds. */
  private static final double GOAL_ADDED_MICROS = 150;

  private static final double GOAL_CPU_MICROS = 60;

  /** More than this a call, tokens do not cost. */
  private static final double GOAL_TOKEN_MICROS = 10;

  /** Of what nginx carries. */
  private static final double GOAL_THROUGHPUT = 0.6;

  private static final int GOAL_THROUGHPUT_CLIENTS = 8;
  private static final double GOAL_MEGABYTES = 300;
  private static final int SMALL_BYTES = 1 << 10;
  private static final int LARGE_BYTES = 1 << 20;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final Load load;
  private final List<Slice> direct;
  private final @Nullable List<Slice> nginx;

  GatewayRows(Load load, List<Slice> direct, @Nullable List<Slice> nginx) {
    this.load = load;
    this.direct = direct;
    this.nginx = nginx;
  }

  /** All rows of a load; the governor's first, if it was measured. */
  static List<Row> of(
      Load load, Map<Target, List<Slice>> taken, Target direct, @Nullable Target governor) {
    List<Slice> nginx =
        taken.entrySet().stream()
            .filter(each -> each.getKey().name().equals("nginx"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    GatewayRows rows = new GatewayRows(load, slices(taken, direct), nginx);
    List<Row> all = new ArrayList<>();
    if (governor != null) {
      all.addAll(rows.governor(slices(taken, governor)));
    }
    taken.forEach(
        (target, slices) -> {
          if (!target.equals(direct) && !target.equals(governor)) {
            all.addAll(rows.other(target, slices));
          }
        });
    all.add(rows.bothEnds());
    return all;
  }

  /** What it costs to know callers by tokens, beside a governor to which everybody is one user. */
  static Row ofTokens(Load load, Map<Target, List<Slice>> taken, Target governor, Target tokens) {
    List<Slice> without = slices(taken, governor);
    List<Slice> with = slices(taken, tokens);
    double[] added = new double[with.size()];
    for (int round = 0; round < added.length; round++) {
      added[round] = with.get(round).cpuMicros() - without.get(round).cpuMicros();
    }
    Samples samples = Samples.of(added);
    String name = "jwt, " + load.text() + ": CPU a call added by tokens";
    return atMost(Row.of(name, "us", samples.median(), samples), GOAL_TOKEN_MICROS);
  }

  private static List<Slice> slices(Map<Target, List<Slice>> taken, Target target) {
    List<Slice> slices = taken.get(target);
    if (slices == null) {
      throw new IllegalStateException("nothing was measured of " + target.name());
    }
    return slices;
  }

  private List<Row> governor(List<Slice> slices) {
    String name = load.text();
    Samples added = added(slices);
    Row addedRow = Row.of(name + ": p50 added", "us", added.median(), added);
    boolean isGoal = load.clients() == 1 && load.bytes() == SMALL_BYTES;
    Samples cpu = each(slices, Slice::cpuMicros);
    Row cpuRow = Row.of(name + ": CPU a call (nginx)", "us", cpu.median(), cpu);
    List<Row> rows = new ArrayList<>();
    rows.add(
        row(name + ": p50 (direct)", "us", slices, Slice::p50).against(median(direct, Slice::p50)));
    rows.add(isGoal ? atMost(addedRow, GOAL_ADDED_MICROS) : addedRow);
    rows.add(
        row(name + ": p99 (direct)", "us", slices, Slice::p99).against(median(direct, Slice::p99)));
    rows.add(throughput(row(name + ": calls (nginx)", "/s", slices, Slice::callsPerSecond)));
    rows.add(megabytes(row(name + ": results (direct)", "MB/s", slices, this::megabytes)));
    Row ofNginx = nginx == null ? cpuRow : cpuRow.against(median(nginx, Slice::cpuMicros));
    rows.add(load.bytes() == SMALL_BYTES ? atMost(ofNginx, GOAL_CPU_MICROS) : ofNginx);
    return rows;
  }

  private Row throughput(Row row) {
    if (nginx == null) {
      return row;
    }
    double most = median(nginx, Slice::callsPerSecond);
    Row beside = row.against(most);
    return load.clients() < GOAL_THROUGHPUT_CLIENTS
        ? beside
        : beside.goal(GOAL_THROUGHPUT * most, row.value() >= GOAL_THROUGHPUT * most);
  }

  private Row megabytes(Row row) {
    Row beside = row.against(median(direct, this::megabytes));
    return load.bytes() < LARGE_BYTES
        ? beside
        : beside.goal(GOAL_MEGABYTES, row.value() >= GOAL_MEGABYTES);
  }

  private List<Row> other(Target target, List<Slice> slices) {
    String name = target.name() + ", " + load.text();
    Samples added = added(slices);
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of(name + ": p50 added", "us", added.median(), added));
    rows.add(
        row(name + ": p99 (direct)", "us", slices, Slice::p99).against(median(direct, Slice::p99)));
    rows.add(row(name + ": calls", "/s", slices, Slice::callsPerSecond));
    if (target.process() != null) {
      rows.add(row(name + ": CPU a call", "us", slices, Slice::cpuMicros));
    }
    return rows;
  }

  /** What client and upstream cost themselves, of the same processors. */
  private Row bothEnds() {
    return row(
        "direct, " + load.text() + ": CPU of both ends",
        "us",
        direct,
        slice -> slice.cpuMicros() + slice.ownCpuMicros());
  }

  private Samples added(List<Slice> slices) {
    double[] added = new double[slices.size()];
    for (int round = 0; round < added.length; round++) {
      added[round] = slices.get(round).p50() - direct.get(round).p50();
    }
    return Samples.of(added);
  }

  private double megabytes(Slice slice) {
    return slice.callsPerSecond() * load.bytes() / BYTES_PER_MEGABYTE;
  }

  private static Row atMost(Row row, double goal) {
    return row.goal(goal, row.value() <= goal);
  }

  private static Row row(
      String name, String unit, List<Slice> slices, ToDoubleFunction<Slice> figure) {
    Samples samples = each(slices, figure);
    return Row.of(name, unit, samples.median(), samples);
  }

  private static double median(List<Slice> slices, ToDoubleFunction<Slice> figure) {
    return each(slices, figure).median();
  }

  private static Samples each(List<Slice> slices, ToDoubleFunction<Slice> figure) {
    return Samples.of(slices.stream().mapToDouble(figure).toArray());
  }

  /** How much memory a process has. */
  static List<Row> memory(ProcessFigures process) {
    List<Row> rows = new ArrayList<>();
    process
        .residentBytes()
        .ifPresent(bytes -> rows.add(mebibytes("governor: resident memory, at the end", bytes)));
    process
        .residentBytesMax()
        .ifPresent(bytes -> rows.add(mebibytes("governor: resident memory, at most", bytes)));
    return rows;
  }

  static Row mebibytes(String name, long bytes) {
    double mebibytes = bytes / 1_048_576.0;
    return Row.of(name, "MiB", mebibytes, Samples.of(mebibytes));
  }
}
