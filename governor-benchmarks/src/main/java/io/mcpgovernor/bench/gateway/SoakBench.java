package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import io.mcpgovernor.bench.TemporaryDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * {@code governor bench gateway --idle N --minutes M}: whether a governor with a heap of 256 MiB
 * stands many sessions that only wait and 64 clients that call for results of 64 KiB, and whether
 * anything of it grows while that goes on.
 */
public final class SoakBench {
  private static final int BUSY_CLIENTS = 64;
  private static final int RESULT_BYTES = 64 << 10;

  /** Moments at which memory is asked for, for each round of the scale; a third is a third. */
  private static final int MOMENTS_A_ROUND = 3;

  private static final double MEBIBYTE = 1_048_576;
  private static final double GOAL_HEAP_MEBIBYTES = 256;

  /** Growth is more than a tenth and more than so many MiB, threads or files, which come and go. */
  private static final double GOAL_GROWTH = 1.1;

  private static final double CHANCE = 8;

  private SoakBench() {}

  /** What the governor had at one moment. */
  private record Moment(double heap, double resident, double threads, double files, double calls) {}

  /**
   * Measures.
   *
   * @param options whose governor, protocol and form are used
   * @param idle sessions that only wait
   * @param time how long, after a warm-up of a tenth of it
   * @param progress told how it goes
   * @throws IOException if the governor does not start, or a call fails
   */
  public static Report run(
      GatewayOptions options, int idle, Duration time, Consumer<String> progress)
      throws IOException {
    List<LoadClient> waiting = new ArrayList<>();
    try (TemporaryDirectory files = new TemporaryDirectory();
        ServerProcess upstream = Processes.upstream(options.upstreamPort(), options.form());
        ServerProcess governor =
            Processes.governor(
                options.governor(),
                Files.createDirectory(files.path().resolve("governor")),
                Processes.EVERYONE,
                upstream.uri(),
                "flush",
                Map.of("JDK_JAVA_OPTIONS", Processes.SMALL_HEAP))) {
      progress.accept(idle + " idle sessions");
      wait(waiting, idle, governor.uri(), options.protocol());
      Target target =
          new Target("governor", governor.uri(), governor.figures(), Target.Masking.MASKS);
      List<Moment> moments = new ArrayList<>();
      try (Clients busy = Clients.open(target, options.protocol(), BUSY_CLIENTS, RESULT_BYTES)) {
        busy.run(time.dividedBy(10));
        int parts = MOMENTS_A_ROUND * options.scale().rounds();
        for (int part = 1; part <= parts; part++) {
          moments.add(moment(governor.figures(), busy.run(time.dividedBy(parts))));
          progress.accept("part " + part + " of " + parts + ": " + text(moments.getLast()));
        }
      }
      int open = 0;
      for (LoadClient client : waiting) {
        open += client.isStreamOpen() ? 1 : 0;
      }
      return new Report(rows(moments, governor.figures(), idle, open));
    } finally {
      for (LoadClient client : waiting) {
        client.close();
      }
    }
  }

  private static void wait(List<LoadClient> waiting, int idle, URI uri, String protocol)
      throws IOException {
    for (int i = 0; i < idle; i++) {
      LoadClient client = LoadClient.open(uri, protocol, LoadClient.SMALL_BUFFER_BYTES);
      waiting.add(client);
      client.openStream();
    }
  }

  private static Moment moment(ProcessFigures governor, Slice slice) throws IOException {
    return new Moment(
        HeapFigures.usedAfterCollection(governor.process().pid()).orElse(0) / MEBIBYTE,
        governor.residentBytes().orElse(0) / MEBIBYTE,
        governor.threads().orElse(0),
        governor.openFiles().orElse(0),
        slice.callsPerSecond());
  }

  private static String text(Moment moment) {
    return String.format(
        Locale.ROOT,
        "%.0f calls/s, heap %.1f MiB, resident %.0f MiB, %.0f threads, %.0f open files",
        moment.calls,
        moment.heap,
        moment.resident,
        moment.threads,
        moment.files);
  }

  private static List<Row> rows(
      List<Moment> moments, ProcessFigures governor, int idle, int stillOpen) {
    String name = idle + " idle, " + BUSY_CLIENTS + " busy";
    List<Row> rows = new ArrayList<>();
    Samples calls = samples(moments, Moment::calls);
    Samples heap = samples(moments, Moment::heap);
    rows.add(Row.of(name + ": calls", "/s", calls.median(), calls));
    rows.add(
        Row.of(name + ": idle sessions still open", "", stillOpen, Samples.of(stillOpen))
            .goal(idle, stillOpen == idle));
    rows.add(
        Row.atMost(
            name + ": heap after GC, at most", "MiB", heap.max(), GOAL_HEAP_MEBIBYTES, heap));
    rows.add(growth(name + ": heap, last third (first)", "MiB", moments, Moment::heap));
    rows.add(growth(name + ": resident, last third (first)", "MiB", moments, Moment::resident));
    rows.add(growth(name + ": threads, last third (first)", "", moments, Moment::threads));
    rows.add(growth(name + ": open files, last third (first)", "", moments, Moment::files));
    rows.addAll(GatewayRows.memory(governor));
    return rows;
  }

  private static Row growth(
      String name, String unit, List<Moment> moments, ToDoubleFunction<Moment> figure) {
    int third = moments.size() / 3;
    double first = samples(moments.subList(0, third), figure).median();
    Samples last = samples(moments.subList(moments.size() - third, moments.size()), figure);
    double most = Math.max(GOAL_GROWTH * first, first + CHANCE);
    return Row.atMost(name, unit, last.median(), most, last).against(first);
  }

  private static Samples samples(List<Moment> moments, ToDoubleFunction<Moment> figure) {
    return Samples.of(moments.stream().mapToDouble(figure).toArray());
  }
}
