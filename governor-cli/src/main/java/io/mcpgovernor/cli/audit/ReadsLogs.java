package io.mcpgovernor.cli.audit;

import io.mcpgovernor.cli.pii.BrokenPipe;
import io.mcpgovernor.cli.pii.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands that read logs share: directories, messages and exit codes. */
public abstract class ReadsLogs implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Directories of logs, or roots above such; audit unless told.")
  private List<Path> directories = new ArrayList<>();

  private Output output = Output.standard();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  protected ReadsLogs() {}

  /** Writes elsewhere than to the standard output. */
  public final void writeTo(Output elsewhere) {
    output = elsewhere;
  }

  /**
   * Does what the command is for.
   *
   * @param logs the directories of the logs
   * @param out takes what is printed
   * @param trouble is told of what cannot be read
   * @return the exit code
   * @throws IOException if something cannot be read or written
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  protected abstract int read(List<Path> logs, Lines out, Trouble trouble)
      throws IOException, InterruptedException;

  @Override
  public final Integer call() {
    Trouble trouble = new Trouble();
    int status;
    try {
      Lines out = new Lines(output);
      status = read(SegmentFiles.logs(roots()), out, trouble);
      out.flush();
    } catch (BrokenPipe e) {
      return BrokenPipe.EXIT_CODE;
    } catch (RefusedLog e) {
      status = failed(String.valueOf(e.getMessage()));
    } catch (AccessDeniedException e) {
      status = failed("no permission to read " + e.getMessage());
    } catch (NoSuchFileException e) {
      status = failed("no such file: " + e.getMessage());
    } catch (IOException e) {
      status = failed("cannot read or write: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = 1;
    }
    trouble.print(err());
    return trouble.isIncomplete() ? Math.max(1, status) : status;
  }

  /** The directories that were named. */
  final List<Path> roots() {
    return directories.isEmpty() ? List.of(Path.of("audit")) : directories;
  }

  /** Where messages go. */
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Says that the command was not used as it should be. */
  protected final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int failed(String message) {
    err().println(spec.qualifiedName() + ": " + SafeText.of(message));
    err().flush();
    return 1;
  }
}
