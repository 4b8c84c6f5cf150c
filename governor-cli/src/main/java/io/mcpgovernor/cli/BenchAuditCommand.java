package io.mcpgovernor.cli;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.audit.AuditBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor bench audit}: what keeping and verifying records takes on this disk. */
@Command(
    name = "audit",
    description = "Measures the audit log beside a bare append and fsync, and a bare group commit.",
    mixinStandardHelpOptions = true)
final class BenchAuditCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only show that the benchmark works; its figures mean nothing.")
  private boolean quick;

  /** Exits with 0 whatever was measured. */
  @Override
  public Integer call() {
    Report report = AuditBench.run(quick, what -> System.err.println("measuring " + what));
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }
}
