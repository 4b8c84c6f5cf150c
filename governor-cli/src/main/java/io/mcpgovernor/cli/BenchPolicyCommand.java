package io.mcpgovernor.cli;

import io.mcpgovernor.bench.PolicyBench;
import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Scale;
import io.mcpgovernor.cli.replay.ReplayBench;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor bench policy}: what checks, rules, reloading and replaying take. */
@Command(
    name = "policy",
    description =
        "Measures all checks with and without rules beside parsing the arguments, reloading rules"
            + " while calls go on, and replaying a log.",
    mixinStandardHelpOptions = true)
final class BenchPolicyCommand implements Callable<Integer> {
  private static final long RECORDS = 1_000_000;
  private static final long QUICK_RECORDS = 5_000;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only show that the benchmark works; its figures mean nothing.")
  private boolean quick;

  /** Exits with 0 whatever was measured. */
  @Override
  public Integer call() throws IOException {
    Consumer<String> progress = what -> System.err.println("measuring " + what);
    Report report =
        PolicyBench.run(quick ? Scale.QUICK : Scale.FULL, progress)
            .and(ReplayBench.run(quick ? QUICK_RECORDS : RECORDS, progress));
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }
}
