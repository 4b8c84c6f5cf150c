package io.mcpgovernor.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code governor audit}: what is on record, and whether the record is whole. */
@Command(
    name = "audit",
    description = "Reads audit logs and proves that they are whole.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TailCommand.class,
      SearchCommand.class,
      StatsCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      ProveCommand.class,
      KeysCommand.class
    })
public final class AuditCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public AuditCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
