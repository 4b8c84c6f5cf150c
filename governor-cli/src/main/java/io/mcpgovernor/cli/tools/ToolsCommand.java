package io.mcpgovernor.cli.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor tools}: the tools of servers as they are pinned. */
@Command(
    name = "tools",
    description = "Shows the tools that a gateway has pinned, and lets changed ones in.",
    mixinStandardHelpOptions = true,
    subcommands = {ListCommand.class, ApproveCommand.class})
public final class ToolsCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public ToolsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
