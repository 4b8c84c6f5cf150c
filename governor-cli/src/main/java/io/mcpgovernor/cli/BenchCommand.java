package io.mcpgovernor.cli;

import io.mcpgovernor.bench.GovernanceBench;
import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Scale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor bench}: measures governance on this machine, against goals and baselines. */
@Command(
    name = "bench",
    description = "Measures validation, masking and whole calls on this machine.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only show that the benchmark works; its figures mean nothing.")
  private boolean quick;

  /** Exits with 0 whatever was measured: meeting a goal is a figure, not a condition. */
  @Override
  public Integer call() {
    Report report =
        GovernanceBench.run(
            quick ? Scale.QUICK : Scale.FULL, what -> System.err.println("measuring " + what));
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }
}
