package io.mcpgovernor.cli.policy;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.cli.audit.SafeText;
import io.mcpgovernor.config.check.CallAnswer;
import io.mcpgovernor.config.check.PolicyCheck;
import io.mcpgovernor.config.check.ToolList;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.policy.GrantStoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code explain} and {@code can-i} share: the configuration, the call, and exit codes. */
abstract class AsksConfiguration implements Callable<Integer> {
  static final int DENIED = 3;
  private static final int BAD_CONFIGURATION = 4;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration; governor.yaml unless told.")
  private @Nullable Path config;

  @Option(
      names = "--tools",
      paramLabel = "FILE",
      description =
          "The tools of the servers, as JSON: {\"SERVER\": {\"tools\": [...]}}. Without it, any name"
              + " is taken for a tool of which no more is known.")
  private @Nullable Path tools;

  @Option(
      names = "--server",
      paramLabel = "NAME",
      description = "With --tools: the file is the result of this one server's tools/list.")
  private @Nullable String server;

  @Mixin private CallOptions call = new CallOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  AsksConfiguration() {}

  /**
   * Does what the command is for.
   *
   * @return the exit code
   */
  abstract int run() throws IOException;

  @Override
  public final Integer call() {
    int status;
    try {
      status = run();
    } catch (ConfigException e) {
      e.problems().forEach(err()::println);
      status = BAD_CONFIGURATION;
    } catch (GrantStoreException | IOException e) {
      err().println(spec.qualifiedName() + ": " + SafeText.of(String.valueOf(e.getMessage())));
      status = 1;
    } catch (IllegalArgumentException e) {
      throw usage(SafeText.of(String.valueOf(e.getMessage())));
    }
    out().flush();
    err().flush();
    return status;
  }

  /** What the configuration says to the call. */
  final CallAnswer ask(ConfigFile file) {
    List<Tool> known = tools == null ? List.of() : ToolList.read(tools, server);
    try (PolicyCheck check = PolicyCheck.of(file, known)) {
      return check.explain(call.question());
    }
  }

  final ConfigFile configuration() {
    return ConfigFile.read(config == null ? Path.of("governor.yaml") : config);
  }

  /** Whether a configuration was named. */
  final boolean isConfigured() {
    return config != null;
  }

  final CallOptions asked() {
    return call;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
