package io.mcpgovernor.cli;

import io.mcpgovernor.bench.MaskSpeedBench;
import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Scale;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor bench mask}: how fast masking is, on made-up texts or on a file. */
@Command(
    name = "mask",
    description = "Measures masking in MB/s, beside regular expressions and a copy.",
    mixinStandardHelpOptions = true)
final class BenchMaskCommand implements Callable<Integer> {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Measure this file instead, as JSON if it is JSON, otherwise as text.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only show that the benchmark works; its figures mean nothing.")
  private boolean quick;

  /** Exits with 0 whatever was measured. */
  @Override
  public Integer call() {
    Consumer<String> progress = what -> System.err.println("measuring " + what);
    Scale scale = quick ? Scale.QUICK : Scale.FULL;
    Report report =
        file == null
            ? MaskSpeedBench.run(scale, progress)
            : MaskSpeedBench.run(file, scale, progress);
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }
}
