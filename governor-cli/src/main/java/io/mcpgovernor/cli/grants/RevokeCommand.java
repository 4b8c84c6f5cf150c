package io.mcpgovernor.cli.grants;

import io.mcpgovernor.policy.Grant.Effect;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor grants revoke}: takes access to a tenant, or a permission. */
@Command(
    name = "revoke",
    description = "Takes access to a tenant, or a permission, whatever else gives it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A governor that uses the store heeds it at once. With an end it only suspends",
      "what is granted.",
      "Exit codes: 0 kept, 1 not kept, 2 wrong usage."
    })
final class RevokeCommand extends ChangesGrants {
  @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
  private String reason = "";

  /** Made by the command line. */
  RevokeCommand() {}

  @Override
  Effect effect() {
    return Effect.REVOKE;
  }

  @Override
  String reason() {
    return reason;
  }
}
