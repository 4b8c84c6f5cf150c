package io.mcpgovernor.cli.pii;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor pii}: what is found, and what can be. */
@Command(
    name = "pii",
    description = "Finds PII, and lists the kinds of it.",
    mixinStandardHelpOptions = true,
    subcommands = {FindCommand.class, KindsCommand.class})
public final class PiiCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public PiiCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: find or kinds.");
  }
}
