package io.mcpgovernor.cli.keys;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor keys}: API keys with which callers show the gateway who they are. */
@Command(
    name = "keys",
    description = "Makes, shows and revokes API keys of the gateway.",
    mixinStandardHelpOptions = true,
    subcommands = {CreateCommand.class, ListCommand.class, RevokeCommand.class})
public final class KeysCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public KeysCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
