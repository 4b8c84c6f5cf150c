package io.mcpgovernor.cli;

import io.mcpgovernor.bench.GovernanceBench;
import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Scale;
import io.mcpgovernor.bench.jmh.JmhBench;
import io.mcpgovernor.bench.jmh.JmhScale;
import io.mcpgovernor.pii.Finders;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor bench}: measures governance on this machine, against goals and baselines. */
@Command(
    name = "bench",
    description = "Measures validation, masking and whole calls on this machine.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchMaskCommand.class,
      BenchAccuracyCommand.class,
      BenchAuditCommand.class,
      BenchPolicyCommand.class,
      BenchGatewayCommand.class,
      BenchStartCommand.class
    })
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only show that the benchmark works; its figures mean nothing.")
  private boolean quick;

  @Option(
      names = "--jmh",
      description = "Measure the same inputs under JMH, with the bytes each operation allocates.")
  private boolean jmh;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--full", description = "With --jmh: take ten minutes instead of one.")
  private boolean full;

  /** Exits with 0 whatever was measured: meeting a goal is a figure, not a condition. */
  @Override
  public Integer call() {
    if (full && !jmh) {
      throw new ParameterException(spec.commandLine(), "--full goes with --jmh");
    }
    System.err.println("text is searched by " + Finders.active());
    Consumer<String> progress = what -> System.err.println("measuring " + what);
    Report report =
        jmh
            ? JmhBench.run(jmhScale(), progress)
            : GovernanceBench.run(quick ? Scale.QUICK : Scale.FULL, progress);
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }

  private JmhScale jmhScale() {
    return quick ? JmhScale.QUICK : full ? JmhScale.FULL : JmhScale.SHORT;
  }
}
