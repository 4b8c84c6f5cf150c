package io.mcpgovernor.cli.grants;

import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.GrantStoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands about grants share: the store, messages and exit codes. */
abstract class UsesStore implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--store",
      paramLabel = "FILE",
      required = true,
      description = "The store of grants that governors answer from.")
  private Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  UsesStore() {}

  /** Checks what was said, before the store is opened. */
  abstract void prepare();

  /**
   * Does what the command is for.
   *
   * @return the exit code
   */
  abstract int run(SqlGrantStore store) throws InterruptedException;

  @Override
  public final Integer call() {
    prepare();
    try (SqlGrantStore store = SqlGrantStore.open(file)) {
      return run(store);
    } catch (GrantStoreException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  final Path file() {
    return file;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  final int failed(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + SafeText.of(message));
    err.flush();
    return 1;
  }
}
