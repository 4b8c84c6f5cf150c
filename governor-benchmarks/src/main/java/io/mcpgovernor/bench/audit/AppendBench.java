package io.mcpgovernor.bench.audit;

import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.bench.BareRecords;
import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import io.mcpgovernor.bench.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * What it costs to keep a record: one caller after the other beside a loop of write and fsync, and
 * many at once beside a bare group commit, on the same disk, in turn. Records are those of calls.
 */
public final class AppendBench {
  /** One caller waits at most so many times what the bare loop takes. */
  private static final double GOAL_ONE = 1.3;

  /** Many callers keep at least such a part of what a bare group commit keeps. */
  private static final double GOAL_MANY = 0.6;

  private static final int CALLERS = 64;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final CallRecords records = new CallRecords();
  private final Durability durability;
  private final int rounds;
  private final int perRound;

  private AppendBench(Durability durability, int rounds, int perRound) {
    this.durability = durability;
    this.rounds = rounds;
    this.perRound = perRound;
  }

  /**
   * Measures.
   *
   * @param rounds of each measurement, after one that does not count
   * @param perRound records one caller keeps in a round; many callers keep ten times as many
   * @param progress told what comes next
   * @throws UncheckedIOException if the log cannot be written
   */
  public static Report run(int rounds, int perRound, Consumer<String> progress) {
    List<Row> rows = new ArrayList<>();
    try {
      for (Durability durability : List.of(Durability.FSYNC, Durability.FLUSH)) {
        AppendBench bench = new AppendBench(durability, rounds, perRound);
        String name = durability.name().toLowerCase(Locale.ROOT);
        progress.accept("one caller, " + name);
        rows.add(bench.oneCaller("append, 1 caller, " + name + ": p50"));
        progress.accept(CALLERS + " callers, " + name);
        rows.add(bench.manyCallers("append, " + CALLERS + " virtual callers, " + name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Report(rows);
  }

  private Row oneCaller(String name) throws IOException {
    double[] ours = new double[rounds];
    double[] bare = new double[rounds];
    try (TemporaryDirectory directory = new TemporaryDirectory();
        JsonlAuditLog log = open(directory.path());
        BareRecords loop = new BareRecords(records.bytes(), durability)) {
      for (int round = -1; round < rounds; round++) {
        double bareMicros = median(number -> loop.write());
        double ourMicros = median(number -> keep(log, records.record(number)));
        if (round >= 0) {
          bare[round] = bareMicros;
          ours[round] = ourMicros;
        }
      }
    }
    double baseline = Samples.of(bare).median();
    double value = Samples.of(ours).median();
    Row row = Row.of(name, "us", value, Samples.of(ours)).against(baseline);
    return durability == Durability.FSYNC
        ? row.goal(GOAL_ONE * baseline, value <= GOAL_ONE * baseline)
        : row;
  }

  private Row manyCallers(String name) throws IOException {
    double[] ours = new double[rounds];
    double[] bare = new double[rounds];
    try (TemporaryDirectory directory = new TemporaryDirectory();
        TemporaryDirectory other = new TemporaryDirectory();
        JsonlAuditLog log = open(directory.path());
        BareGroupCommit commit =
            new BareGroupCommit(other.path().resolve("bare"), records.bytes(), durability)) {
      for (int round = -1; round < rounds; round++) {
        double barePerSecond = perSecond(number -> commit.append());
        double ourPerSecond = perSecond(number -> keep(log, records.record(number)));
        if (round >= 0) {
          bare[round] = barePerSecond;
          ours[round] = ourPerSecond;
        }
      }
    }
    double baseline = Samples.of(bare).median();
    double value = Samples.of(ours).median();
    Row row = Row.of(name, "rec/s", value, Samples.of(ours)).against(baseline);
    return durability == Durability.FSYNC
        ? row.goal(GOAL_MANY * baseline, value >= GOAL_MANY * baseline)
        : row;
  }

  /** Does one thing. */
  @FunctionalInterface
  private interface Numbered {
    void accept(int number);
  }

  private double median(Numbered action) {
    double[] micros = new double[perRound];
    for (int i = 0; i < perRound; i++) {
      long started = System.nanoTime();
      action.accept(i);
      micros[i] = (System.nanoTime() - started) / NANOS_PER_MICRO;
    }
    return Samples.of(micros).median();
  }

  private double perSecond(Numbered action) {
    int each = Math.max(1, 10 * perRound / CALLERS);
    long started = System.nanoTime();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int first = caller * each;
        all.add(
            callers.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    action.accept(first + i);
                  }
                }));
      }
      for (Future<?> caller : all) {
        caller.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return CALLERS * each * NANOS_PER_SECOND / (System.nanoTime() - started);
  }

  private static void keep(JsonlAuditLog log, AuditRecord record) {
    var _ = log.appendHere(record).toCompletableFuture().join(); // as the engine does
  }

  private JsonlAuditLog open(Path directory) throws IOException {
    return JsonlAuditLog.open(
        directory, AuditOptions.builder().durability(durability).compress(false).build());
  }
}
