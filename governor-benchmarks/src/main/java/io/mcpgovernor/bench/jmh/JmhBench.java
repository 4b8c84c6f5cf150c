package io.mcpgovernor.bench.jmh;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import io.mcpgovernor.bench.jmh.Twin.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code governor bench --jmh}: what each operation takes and what it allocates, beside its
 * baseline.
 */
public final class JmhBench {
  /** What JMH's garbage collection profiler calls bytes an operation. */
  private static final String BYTES = "gc.alloc.rate.norm";

  private final JmhScale scale;
  private final Consumer<String> progress;
  private final Map<Operation, Figures> measured = new HashMap<>();

  private JmhBench(JmhScale scale, Consumer<String> progress) {
    this.scale = scale;
    this.progress = progress;
  }

  /** What an operation costs, one sample an iteration. */
  private record Figures(Samples nanos, Samples bytes) {}

  /**
   * Measures everything.
   *
   * @param progress told what comes next
   * @throws IllegalStateException if an operation failed, or another JMH measures on this machine
   */
  public static Report run(JmhScale scale, Consumer<String> progress) {
    JmhBench bench = new JmhBench(scale, progress);
    List<Row> rows = new ArrayList<>();
    for (Twin twin : Twin.all(scale.users())) {
      Figures figures = bench.measure(twin.operation());
      Figures baseline = bench.measure(twin.baseline());
      rows.add(row(twin.name(), "ns", figures.nanos, twin.goalNanos(), baseline.nanos));
      rows.add(row(twin.name(), "B", figures.bytes, twin.goalBytes(), baseline.bytes));
    }
    return new Report(rows);
  }

  private static Row row(
      String name, String unit, Samples samples, OptionalDouble goal, Samples baseline) {
    double value = samples.median();
    Row row =
        goal.isPresent()
            ? Row.atMost(name, unit, value, goal.getAsDouble(), samples)
            : Row.of(name, unit, value, samples);
    return row.against(baseline.median());
  }

  private Figures measure(Operation operation) {
    return measured.computeIfAbsent(operation, this::run);
  }

  private Figures run(Operation operation) {
    progress.accept(operation.type().getSimpleName() + '.' + operation.method());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(operation.pattern())
            .forks(scale.forks())
            .warmupIterations(scale.warmUps())
            .warmupTime(time())
            .measurementIterations(scale.iterations())
            .measurementTime(time())
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (operation.users() > 0) {
      options.param("users", Integer.toString(operation.users()));
    }
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      return figures(results.iterator().next());
    } catch (RunnerException e) {
      throw new IllegalStateException(operation + " could not be measured", e);
    }
  }

  private TimeValue time() {
    return TimeValue.milliseconds(scale.iteration().toMillis());
  }

  private static Figures figures(RunResult result) {
    return new Figures(
        samples(result, iteration -> iteration.getPrimaryResult().getScore()),
        samples(result, JmhBench::bytes));
  }

  private static double bytes(IterationResult iteration) {
    Result<?> bytes = iteration.getSecondaryResults().get(BYTES);
    return Objects.requireNonNull(bytes, "this JVM does not count allocated bytes").getScore();
  }

  private static Samples samples(RunResult result, ToDoubleFunction<IterationResult> figure) {
    List<Double> values = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        values.add(figure.applyAsDouble(iteration));
      }
    }
    return Samples.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
