package io.mcpgovernor.cli.wrap;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code governor wrap}: puts governance before the servers of a client. */
@Command(
    name = "wrap",
    description = "Puts 'governor run' before the command of each server in a client's file.",
    footer = {
      "",
      "Nothing else in the file changes: comments, order and spaces stay. What it was is kept",
      "beside it, and 'governor unwrap' gives the same bytes back.",
      "Servers that are reached over HTTP are named and left: 'governor serve' is for them.",
      "Exit codes: 0 done, also if there was nothing to do, 1 it cannot be read or written,",
      "2 wrong usage, 4 the file is malformed."
    },
    mixinStandardHelpOptions = true)
public final class WrapCommand extends ChangesClients {
  /** Made by the command line. */
  public WrapCommand() {}

  @Override
  List<EntryPlan> plans(ClientText file, String program) {
    if (program.isEmpty()) {
      throw usage("what starts governor is not known here; say it with --launcher PATH");
    }
    return WrapPlan.of(file, program);
  }
}
