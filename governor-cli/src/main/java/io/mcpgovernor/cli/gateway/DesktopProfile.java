package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.cli.audit.StateDirectory;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one's own machine where no file says otherwise: the user of the operating system,
 * who may read personal data (masked at the standard level), a thousand calls an hour, and no
 * tenants.
 */
final class DesktopProfile {
  static final int CALLS_PER_HOUR = 1_000;

  private static final String NO_TENANTS =
      "One person's own machine has no tenants to keep apart (desktop profile).";
  private static final String NOBODY_KNOWN = "user";

  private DesktopProfile() {}

  /** The user of the operating system. */
  static String user() {
    String name = System.getProperty("user.name", "");
    String variable = System.getenv("USER");
    // A process in a container may run under a number that has no name.
    if (!name.isBlank() && !name.equals("?")) {
      return name;
    }
    return variable == null || variable.isBlank() ? NOBODY_KNOWN : variable;
  }

  /** Where records and pins are; null if the environment names no home. */
  static @Nullable Path state() {
    return StateDirectory.find();
  }

  /** Where the file would be that changes this; null if the environment names no home. */
  static @Nullable Path file() {
    String config = System.getenv("XDG_CONFIG_HOME");
    String home = System.getProperty("user.home", "");
    Path base;
    if (config != null && Path.of(config).isAbsolute()) {
      base = Path.of(config);
    } else if (!home.isEmpty() && Path.of(home).isAbsolute()) {
      base = Path.of(home, ".config");
    } else {
      return null;
    }
    return base.resolve("mcp-governor").resolve("governor.yaml");
  }

  static boolean isWritten(@Nullable Path file) {
    return file != null && Files.exists(file);
  }

  static Governor start(String user, Path audit) {
    Grant personalData =
        new Grant(
            Subject.user(user),
            Grant.What.PERMISSION,
            Grants.PII_READ,
            Grant.Effect.GRANT,
            null,
            "desktop profile",
            "desktop profile",
            Instant.EPOCH);
    return Governor.builder()
        .callsPerHour(CALLS_PER_HOUR)
        .disable(DenialCode.RLS, NO_TENANTS)
        .grants(List.of(personalData))
        .auditTo(audit)
        .build();
  }
}
