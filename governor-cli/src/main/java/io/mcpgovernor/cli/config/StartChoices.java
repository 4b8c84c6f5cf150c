package io.mcpgovernor.cli.config;

import io.mcpgovernor.pii.Sensitivity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a first configuration says.
 *
 * @param servers by name, each an address or a command with its arguments
 * @param user who everybody is; null if callers are told apart, or nobody is let in yet
 * @param issuer whose tokens callers show; null for none
 * @param audience for whom tokens are; null for none
 * @param audit the directory of the records
 * @param masking how much of a masked value stays readable
 */
record StartChoices(
    Map<String, StartServer> servers,
    @Nullable String user,
    @Nullable String issuer,
    @Nullable String audience,
    String audit,
    Sensitivity masking) {
  static final String AUDIT = "audit";

  /** What holds if nobody says anything. */
  static final StartChoices DEFAULT =
      new StartChoices(Map.of(), null, null, null, AUDIT, Sensitivity.STANDARD);
}
