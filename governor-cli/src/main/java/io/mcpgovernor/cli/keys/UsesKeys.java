package io.mcpgovernor.cli.keys;

import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import io.mcpgovernor.gateway.identity.KeyException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands about keys share: the file, messages and exit codes. */
abstract class UsesKeys implements Callable<Integer> {
  private static final int BAD_CONFIGURATION = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int BY_CHARS_MAX = 256;

  @ArgGroup private @Nullable Source source;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Where the keys are. */
  static final class Source {
    @Option(
        names = {"-f", "--config"},
        paramLabel = "FILE",
        required = true,
        description = "The gateway's configuration, which names them; governor.yaml unless told.")
    private @Nullable Path config;

    @Option(
        names = "--keys",
        paramLabel = "FILE",
        required = true,
        description = "The file of keys itself; no configuration is read.")
    private @Nullable Path keys;
  }

  /** Made by the command line. */
  UsesKeys() {}

  /** Opens the file. */
  abstract ApiKeys open(Path file);

  /**
   * Does what the command is for.
   *
   * @return the exit code
   */
  abstract int run(ApiKeys keys) throws InterruptedException;

  @Override
  public final Integer call() {
    int status;
    try {
      status = run(open(file()));
    } catch (ConfigException e) {
      e.problems().forEach(err()::println);
      err().println("--keys FILE names the file of keys itself; then no configuration is read.");
      status = BAD_CONFIGURATION;
    } catch (KeyException e) {
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
    if (source != null && source.keys != null) {
      return source.keys;
    }
    ConfigFile config =
        ConfigFile.read(
            source != null && source.config != null ? source.config : Path.of("governor.yaml"));
    Path keys = config.config().identity().keys();
    if (keys == null) {
      throw usage(
          "the configuration takes no API keys; say identity: { keys: keys.json } in it, or name"
              + " the file with --keys");
    }
    return config.resolve(keys);
  }

  /** Whether a gateway has put on record what was done with these, within three seconds. */
  static boolean areRecorded(ApiKeys keys, Collection<KeyEntry> changed)
      throws InterruptedException {
    return keys.areRecorded(
        changed.stream().map(KeyEntry::id).collect(Collectors.toSet()), PATIENCE);
  }

  final String checkedBy(String by) {
    if (by.isBlank() || by.length() > BY_CHARS_MAX) {
      throw usage("--by has 1 to " + BY_CHARS_MAX + " characters");
    }
    return by;
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
