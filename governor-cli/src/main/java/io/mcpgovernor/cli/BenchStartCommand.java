package io.mcpgovernor.cli;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.gateway.GatewayScale;
import io.mcpgovernor.bench.gateway.StartBench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor bench start}: what {@code governor run} adds to a server's start. */
@Command(
    name = "start",
    description =
        "Measures the time until a stdio server first answers, behind governor run and alone in"
            + " turn, and the memory governor run keeps.",
    mixinStandardHelpOptions = true)
final class BenchStartCommand implements Callable<Integer> {
  @Option(
      names = "--governor",
      paramLabel = "FILE",
      description =
          "The launcher that starts governor run, with the flags and the AOT cache it has for that;"
              + " otherwise the Java of this command starts it, with this command's flags.")
  private @Nullable Path launcher;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only show that the benchmark works; its figures mean nothing.")
  private boolean quick;

  /** Exits with 0 whatever was measured, with 1 if a server does not start or answer. */
  @Override
  public Integer call() {
    Consumer<String> progress = what -> System.err.println("measuring " + what);
    GatewayScale scale = quick ? GatewayScale.QUICK : GatewayScale.FULL;
    Report report;
    try {
      report =
          launcher == null
              ? StartBench.run(OwnCommand.words(), OwnCommand.isCached(), scale, progress)
              : StartBench.run(
                  List.of(launcher.toAbsolutePath().toString()), true, scale, progress);
    } catch (IOException e) {
      System.err.println("This cannot be measured. " + e.getMessage());
      return 1;
    }
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out);
    }
    return 0;
  }
}
