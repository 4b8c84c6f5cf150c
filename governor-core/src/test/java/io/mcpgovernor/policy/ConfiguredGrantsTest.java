package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a configuration grants, beside what administrators do. */
final class ConfiguredGrantsTest {
  private static final Principal ALICE = Principal.verified("alice");

  private final List<Grants.Change> changes = new ArrayList<>();
  private final Grants grants = new Grants(changes::add);

  private static Grant tenant(String tenant) {
    return new Grant(
        Subject.user("alice"),
        What.TENANT,
        tenant,
        Effect.GRANT,
        null,
        "",
        "configuration",
        Instant.EPOCH);
  }

  @Test
  void itCountsBesideWhatAnAdministratorGrantsAndEndsWithTheConfiguration() {
    grants.configure(List.of(tenant("acme")), ClaimPermissions.NONE);
    grants.grantTenantAccess("alice", "globex");
    assertThat(grants.tenants(ALICE)).containsExactly("acme", "globex");
    assertThat(grants.hasTenantGrants()).isTrue();

    long epoch = grants.epoch();
    grants.configure(List.of(tenant("initech")), ClaimPermissions.NONE);
    assertThat(grants.tenants(ALICE)).containsExactly("globex", "initech");
    assertThat(grants.epoch()).isGreaterThan(epoch);
    assertThat(changes).as("it is on record as a part of the configuration").hasSize(1);
  }

  @Test
  void whatAnAdministratorRevokesStaysRevokedWhateverTheConfigurationSays() {
    grants.configure(List.of(tenant("acme")), ClaimPermissions.NONE);
    grants.revokeTenantAccess("alice", "acme");
    assertThat(grants.tenants(ALICE)).isEmpty();
    grants.configure(List.of(tenant("acme")), ClaimPermissions.NONE);
    assertThat(grants.tenants(ALICE)).isEmpty();
    grants.grantTenantAccess("alice", "acme");
    assertThat(grants.tenants(ALICE)).containsExactly("acme");
  }
}
