package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import io.mcpgovernor.bench.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * {@code governor bench start}: what {@code governor run -- CMD} adds to the time until a stdio
 * server answers {@code initialize}, and the memory it keeps. The server is the light upstream, as
 * quick to start behind the governor as it is alone.
 */
public final class StartBench {
  private static final double GOAL_MILLIS = 500;
  private static final double GOAL_MILLIS_CACHED = 250;
  private static final double GOAL_MEBIBYTES = 120;
  private static final int RESULT_BYTES = 1 << 10;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MEBIBYTE = 1_048_576;

  /** The server starts as fast as Java can without a cache of its own. */
  private static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx64m");

  private StartBench() {}

  /**
   * Measures; takes some twenty seconds at full scale.
   *
   * @param governor the words that start {@code governor}, to which {@code run -- CMD} is added
   * @param isCached whether they start it with an AOT cache, which makes the goal
   * @param scale how many starts
   * @param progress told what comes next
   * @throws IOException if a server does not start or answer
   */
  public static Report run(
      List<String> governor, boolean isCached, GatewayScale scale, Consumer<String> progress)
      throws IOException {
    List<String> direct = Processes.upstreamCommand(QUICK_START, "stdio");
    List<String> governed = new ArrayList<>(governor);
    governed.addAll(List.of("run", "--"));
    governed.addAll(direct);
    try (TemporaryDirectory files = new TemporaryDirectory()) {
      progress.accept("first starts, which read the disk");
      start(direct, files.path());
      start(governed, files.path());
      progress.accept(scale.starts() + " starts of each");
      Map<List<String>, List<Started>> taken =
          Turns.take(
              List.of(direct, governed), scale.starts(), words -> start(words, files.path()));
      return new Report(
          rows(
              taken.getOrDefault(direct, List.of()),
              taken.getOrDefault(governed, List.of()),
              isCached ? GOAL_MILLIS_CACHED : GOAL_MILLIS));
    }
  }

  /**
   * One start.
   *
   * @param millis until the answer
   * @param cpuMillis on processors until a call was answered, with what was started
   * @param mebibytes resident after that call; NaN where that is not known
   */
  private record Started(double millis, double cpuMillis, double mebibytes) {}

  private static Started start(List<String> words, Path directory) throws IOException {
    try (StdioClient client = StdioClient.start(words, directory)) {
      double millis = client.initialize();
      client.call(RESULT_BYTES);
      OptionalLong resident = client.figures().residentBytes();
      return new Started(
          millis,
          client.figures().cpuNanos() / NANOS_PER_MILLI,
          resident.isPresent() ? resident.getAsLong() / MEBIBYTE : Double.NaN);
    }
  }

  private static List<Row> rows(List<Started> direct, List<Started> governed, double goal) {
    Samples alone = Samples.of(direct.stream().mapToDouble(Started::millis).toArray());
    Samples both = Samples.of(governed.stream().mapToDouble(Started::millis).toArray());
    Samples cpuAlone = Samples.of(direct.stream().mapToDouble(Started::cpuMillis).toArray());
    Samples cpu = Samples.of(governed.stream().mapToDouble(Started::cpuMillis).toArray());
    Samples memory = Samples.of(governed.stream().mapToDouble(Started::mebibytes).toArray());
    double added = both.min() - alone.min();
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of("run: first answer, least (direct)", "ms", both.min(), both).against(alone.min()));
    rows.add(
        Row.of("run: first answer, median (direct)", "ms", both.median(), both)
            .against(alone.median()));
    rows.add(Row.atMost("run: added, least less least", "ms", added, goal, both));
    rows.add(Row.of("run: added, median less median", "ms", both.median() - alone.median(), both));
    rows.add(
        Row.of("run: CPU until a call is answered (direct)", "ms", cpu.median(), cpu)
            .against(cpuAlone.median()));
    if (!Double.isNaN(memory.median())) {
      rows.add(
          Row.atMost(
              "run: resident memory after a call", "MiB", memory.median(), GOAL_MEBIBYTES, memory));
    }
    return rows;
  }
}
