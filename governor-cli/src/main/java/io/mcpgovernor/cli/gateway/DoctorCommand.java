package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.cli.doctor.Examination;
import io.mcpgovernor.cli.doctor.Examination.Report;
import io.mcpgovernor.cli.doctor.ReportText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor doctor}: what this installation needs to work, and what makes it work better. */
@Command(
    name = "doctor",
    description = "Looks at all that the gateway needs, and says how to mend what is wrong.",
    footer = {
      "",
      "Looks at the configuration, the directory and keys of the audit log, addresses to"
          + " listen at, servers and their tools, pins, grants and the clock. Servers that are"
          + " processes are started for it and ended again. Nothing is changed.",
      "Exit codes: 0 nothing is broken, 1 something is, 2 wrong usage, 4 bad configuration."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  private static final int BAD_CONFIGURATION = 4;
  private static final int WAIT_MAX = 600;

  @Option(
      names = {"-f", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration file; governor.yaml here unless told, or else that of the user.")
  private @Nullable Path file;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How long anything may take to answer; ${DEFAULT-VALUE} unless told.")
  private int wait;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--warm",
      description =
          "Does something else: rehearses 'governor run' and keeps what Java learns of it, so that"
              + " it starts in half the time. Done by itself after the first run.")
  private boolean warm;

  @Option(names = "--cache", hidden = true, paramLabel = "FILE", description = "The launcher's.")
  @SuppressWarnings("NullAway.Init") // asked for below
  private Path cache;

  @Option(names = "--java-option", hidden = true, paramLabel = "OPTION", description = "As above.")
  private List<String> options = new ArrayList<>();

  @Option(names = "--class-path", hidden = true, paramLabel = "PATH", description = "As above.")
  @SuppressWarnings("NullAway.Init") // asked for below
  private String classPath;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public DoctorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (warm) {
      return warm();
    }
    if (wait < 1 || wait > WAIT_MAX) {
      throw new ParameterException(
          spec.commandLine(), "--wait takes 1 to " + WAIT_MAX + " seconds");
    }
    Path found = file == null ? usual() : file;
    Duration patience = Duration.ofSeconds(wait);
    Report report =
        found == null
            ? Examination.ofDesktop(DesktopProfile.state(), patience)
            : Examination.of(found, patience);
    PrintWriter out = spec.commandLine().getOut();
    ReportText.print(report, json, out);
    out.flush();
    return !report.isConfigured() ? BAD_CONFIGURATION : report.isHealthy() ? 0 : 1;
  }

  private static @Nullable Path usual() {
    Path here = Path.of("governor.yaml");
    Path users = DesktopProfile.file();
    return Files.exists(here) ? here : DesktopProfile.isWritten(users) ? users : null;
  }

  private int warm() throws InterruptedException {
    if (cache == null || classPath == null) {
      throw new ParameterException(
          spec.commandLine(), "only the launcher knows where the cache is: governor doctor --warm");
    }
    PrintWriter err = spec.commandLine().getErr();
    try {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      Rehearsal.write(java, options, classPath, cache);
      err.println("wrote " + cache + " (" + Files.size(cache) / (1 << 20) + " MiB)");
      err.flush();
      return 0;
    } catch (IOException e) {
      err.println("governor doctor: the cache cannot be made: " + e.getMessage());
      err.flush();
      return 1;
    }
  }
}
