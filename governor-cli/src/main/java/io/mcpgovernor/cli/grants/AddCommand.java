package io.mcpgovernor.cli.grants;

import io.mcpgovernor.policy.Grant.Effect;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor grants add}: gives access to a tenant, or a permission. */
@Command(
    name = "add",
    description = "Gives access to a tenant, or a permission.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It counts once a governor that uses the store has put it on record; this waits",
      "two seconds for that, and says whether it has happened.",
      "Exit codes: 0 kept, 1 not kept, 2 wrong usage."
    })
final class AddCommand extends ChangesGrants {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason;

  /** Made by the command line. */
  AddCommand() {}

  @Override
  Effect effect() {
    return Effect.GRANT;
  }

  @Override
  String reason() {
    if (reason.isBlank()) {
      throw usage("--reason says why");
    }
    return reason;
  }
}
