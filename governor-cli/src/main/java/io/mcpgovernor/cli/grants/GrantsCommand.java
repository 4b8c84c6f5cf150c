package io.mcpgovernor.cli.grants;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor grants}: who may reach which tenants, and who has which permissions. */
@Command(
    name = "grants",
    description = "Shows and changes who may reach which tenants and has which permissions.",
    mixinStandardHelpOptions = true,
    subcommands = {ListCommand.class, AddCommand.class, RevokeCommand.class})
public final class GrantsCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public GrantsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
