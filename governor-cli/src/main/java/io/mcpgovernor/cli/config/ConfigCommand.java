package io.mcpgovernor.cli.config;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor config}: what can be said about configuration files in general. */
@Command(
    name = "config",
    description = "Says what configuration files may hold.",
    mixinStandardHelpOptions = true,
    subcommands = SchemaCommand.class)
public final class ConfigCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public ConfigCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: schema.");
  }
}
