package io.mcpgovernor.cli;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.audit.AuditBench;
import io.mcpgovernor.cli.audit.SearchBench;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor bench audit}: what keeping, verifying and searching records takes. */
@Command(
    name = "audit",
    description =
        "Measures the audit log beside a bare append and fsync, and a bare group commit, and its"
            + " verifying and searching.",
    mixinStandardHelpOptions = true)
final class BenchAuditCommand implements Callable<Integer> {
  private static final long RECORDS = 1_000_000;
  private static final long QUICK_RECORDS = 20_000;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only show that the benchmark works; its figures mean nothing.")
  private boolean quick;

  /** Exits with 0 whatever was measured. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    Consumer<String> progress = what -> System.err.println("measuring " + what);
    Report report =
        AuditBench.run(quick, progress)
            .and(SearchBench.run(quick ? QUICK_RECORDS : RECORDS, progress));
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }
}
