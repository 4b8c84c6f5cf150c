package io.mcpgovernor.cli.wrap;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code governor unwrap}: takes away what {@code wrap} put there. */
@Command(
    name = "unwrap",
    description = "Takes 'governor run' away from the servers in a client's file.",
    footer = {
      "",
      "What 'governor wrap' wrapped, and nobody changed since, is as it was before, byte for byte.",
      "Exit codes: 0 done, also if there was nothing to do, 1 it cannot be read or written,",
      "2 wrong usage, 4 the file is malformed."
    },
    mixinStandardHelpOptions = true)
public final class UnwrapCommand extends ChangesClients {
  /** Made by the command line. */
  public UnwrapCommand() {}

  @Override
  List<EntryPlan> plans(ClientText file, String program) {
    return UnwrapPlan.of(file, program);
  }
}
