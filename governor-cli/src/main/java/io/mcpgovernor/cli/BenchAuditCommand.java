package io.mcpgovernor.cli;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.audit.AuditBench;
import io.mcpgovernor.cli.audit.SearchBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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

  private Report search(Consumer<String> progress) {
    try {
      return SearchBench.run(quick ? 5_000 : 1_000_000, progress).report();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Exits with 0 whatever was measured. */
  @Override
  public Integer call() {
    Consumer<String> progress = what -> System.err.println("measuring " + what);
    Report report = AuditBench.run(quick, progress).and(search(progress));
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }
}
