package io.mcpgovernor.cli.tools;

import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.catalogue.PinException;
import io.mcpgovernor.gateway.catalogue.Pins;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands about tools share: the file of pins, messages and exit codes. */
abstract class UsesPins implements Callable<Integer> {
  private static final int BAD_CONFIGURATION = 4;

  @ArgGroup private @Nullable Source source;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Where the pins are. */
  static final class Source {
    @Option(
        names = {"-f", "--config"},
        paramLabel = "FILE",
        required = true,
        description = "The gateway's configuration, which names them; governor.yaml unless told.")
    private @Nullable Path config;

    @Option(
        names = "--pins",
        paramLabel = "FILE",
        required = true,
        description = "The file of pins itself; no configuration is read.")
    private @Nullable Path pins;
  }

  /** Made by the command line. */
  UsesPins() {}

  /**
   * Does what the command is for.
   *
   * @return the exit code
   */
  abstract int run(Pins pins) throws InterruptedException;

  @Override
  public final Integer call() {
    int status;
    try (Pins pins = Pins.existing(file())) {
      status = run(pins);
    } catch (ConfigException e) {
      e.problems().forEach(err()::println);
      err().println("--pins FILE names the file of pins itself; then no configuration is read.");
      status = BAD_CONFIGURATION;
    } catch (PinException e) {
      err().println(spec.qualifiedName() + ": " + SafeText.of(String.valueOf(e.getMessage())));
      status = 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = 1;
    }
    out().flush();
    err().flush();
    return status;
  }

  private Path file() {
    if (source != null && source.pins != null) {
      return source.pins;
    }
    ConfigFile config =
        ConfigFile.read(
            source != null && source.config != null ? source.config : Path.of("governor.yaml"));
    return config.resolve(config.config().pins());
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), SafeText.of(message));
  }
}
