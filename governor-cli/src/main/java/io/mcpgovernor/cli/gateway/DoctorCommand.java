package io.mcpgovernor.cli.gateway;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor doctor}: what makes this installation work better. */
@Command(
    name = "doctor",
    description = "Makes this installation ready.",
    footer = {"", "Exit codes: 0 ok, 1 it cannot be done, 2 wrong usage."},
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--warm",
      description =
          "Rehearses 'governor run' and keeps what Java learns of it, so that it starts in half"
              + " the time. Done by itself after the first run.")
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
    if (!warm) {
      throw new ParameterException(spec.commandLine(), "say what to do: --warm");
    }
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
