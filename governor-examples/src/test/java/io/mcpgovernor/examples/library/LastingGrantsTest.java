package io.mcpgovernor.examples.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Subject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastingGrantsTest {
  @TempDir private Path directory;

  @Test
  void aGrantIsThereAfterARestart() {
    LastingGrants.stored(directory.resolve("audit"), directory).close();
    try (Governor governor =
        Governor.builder()
            .auditTo(directory.resolve("audit"))
            .grantStore(SqlGrantStore.open(directory.resolve("grants.sqlite")))
            .build()) {
      assertThat(governor.grants().tenants(Principal.verified("alice"))).containsExactly("acme");
    }
  }

  @Test
  void aClaimBringsAPermissionUntilItIsRevoked() {
    LastingGrants.Signed signed =
        LastingGrants.claimed(
            Map.of("iss", "https://login.example", "sub", "alice", "scope", "openid pii:read"));
    try (Governor governor = signed.builder().auditTo(directory.resolve("audit")).build()) {
      assertThat(governor.grants().hasPermission(signed.principal(), Grants.PII_READ)).isTrue();
      governor
          .grants()
          .revokePermission(Subject.user("https://login.example", "alice"), Grants.PII_READ);
      assertThat(governor.grants().hasPermission(signed.principal(), Grants.PII_READ)).isFalse();
    }
  }
}
