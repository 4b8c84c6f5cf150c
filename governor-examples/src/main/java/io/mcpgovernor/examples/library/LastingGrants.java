package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.call.Claims;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.ClaimPermissions;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Grants that outlast the process, and permissions that tokens bring. */
final class LastingGrants {
  private LastingGrants() {}

  static Governor stored(Path auditDirectory, Path stateDirectory) {
    // docs: stored
    Governor governor =
        Governor.builder()
            .auditTo(auditDirectory)
            .grantStore(SqlGrantStore.open(stateDirectory.resolve("grants.sqlite")))
            .build();
    governor
        .grants()
        .apply(
            new Grant(
                Subject.user("alice"),
                Grant.What.TENANT,
                "acme",
                Grant.Effect.GRANT,
                Instant.now().plus(Duration.ofHours(8)), // null: for ever
                "ticket 7",
                "carol",
                Instant.now()));
    // docs: end
    return governor;
  }

  record Signed(GovernorBuilder builder, Principal principal) {}

  static Signed claimed(Map<String, Object> claims) {
    // docs: claimed
    GovernorBuilder builder =
        Governor.builder()
            .claimPermissions(
                ClaimPermissions.NONE
                    .with("scope", "pii:read", Grants.PII_READ)
                    .with("/realm_access/roles", "privacy", Grants.PII_READ));
    Principal alice = Claims.principal(claims); // its claims stay with it
    // docs: end
    return new Signed(builder, alice);
  }
}
