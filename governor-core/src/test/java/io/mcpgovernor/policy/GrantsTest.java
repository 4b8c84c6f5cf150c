package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Principal.Source;
import io.mcpgovernor.policy.Grants.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final Principal ALICE = Principal.verified("alice");

  private final List<Change> changes = new ArrayList<>();
  private final Grants grants = new Grants(changes::add);

  @Test
  void nobodyHasAnythingBeforeItIsGranted() {
    assertThat(grants.tenants(ALICE)).isEmpty();
    assertThat(grants.hasPermission(ALICE, Grants.PII_READ)).isFalse();
    assertThat(grants.hasTenantGrants()).isFalse();
  }

  @Test
  void grantsOfUserRolesAndEveryoneAddUpWithTheTokensTenantsInOrder() {
    grants.grantTenantAccess("alice", "delta");
    grants.grantTenantAccess(Subject.role("dev"), "alpha");
    grants.grantTenantAccess(Subject.any(), "charlie");
    grants.grantTenantAccess(Subject.role("ops"), "zulu");
    Principal alice = ALICE.withTenants(Set.of("bravo")).withRoles(Set.of("dev"));
    assertThat(grants.tenants(alice)).containsExactly("alpha", "bravo", "charlie", "delta");
    assertThat(grants.tenants(Principal.verified("bob"))).containsExactly("charlie");
  }

  @Test
  void aRevocationBeatsRolesEveryoneAndTheToken() {
    Principal alice = ALICE.withTenants(Set.of("acme")).withRoles(Set.of("dev"));
    grants.grantTenantAccess("alice", "acme");
    grants.grantTenantAccess(Subject.role("dev"), "acme");
    grants.grantTenantAccess(Subject.any(), "acme");
    for (Subject subject : List.of(Subject.user("alice"), Subject.role("dev"), Subject.any())) {
      grants.revokeTenantAccess(subject, "acme");
      assertThat(grants.tenants(alice)).isEmpty();
      grants.grantTenantAccess("alice", "acme");
      boolean isOwn = subject.equals(Subject.user("alice"));
      assertThat(grants.tenants(alice).isEmpty()).as("granting %s", subject).isEqualTo(!isOwn);
      grants.grantTenantAccess(subject, "acme");
      assertThat(grants.tenants(alice)).as("granting again ends it").containsExactly("acme");
    }
  }

  @Test
  void aRevokedPermissionIsGoneWhateverElseGivesIt() {
    Principal alice = ALICE.withRoles(Set.of("dev"));
    grants.grantPermission(Subject.role("dev"), Grants.PII_READ);
    grants.grantPermission(Subject.any(), Grants.PII_READ);
    assertThat(grants.hasPermission(alice, Grants.PII_READ)).isTrue();
    assertThat(grants.hasPermission(alice, "OTHER")).isFalse();
    grants.revokePiiPermission("alice");
    assertThat(grants.hasPermission(alice, Grants.PII_READ)).isFalse();
    assertThat(grants.hasPermission(Principal.verified("bob"), Grants.PII_READ)).isTrue();
    grants.grantPiiPermission("alice");
    assertThat(grants.hasPermission(alice, Grants.PII_READ)).isTrue();
  }

  @Test
  void whoeverIsCalledLikeAPlaceholderGainsNothing() {
    grants.grantTenantAccess(Subject.any(), "everyones");
    grants.grantTenantAccess("*", "starred");
    grants.grantTenantAccess(Subject.role("*"), "starred");
    assertThat(grants.tenants(ALICE.withRoles(Set.of("dev")))).containsExactly("everyones");
    for (String name :
        List.of("any", "user:alice", "role:*", "local|alice", "default_user", "**")) {
      grants.grantTenantAccess("alice", "acme");
      assertThat(grants.tenants(Principal.verified(name))).containsExactly("everyones");
    }
    assertThat(grants.tenants(Principal.verified("*"))).containsExactly("everyones", "starred");
  }

  @Test
  void nobodyGainsNothingEvenByTheNameThatStandsForNobody() {
    grants.grantTenantAccess(Subject.any(), "acme");
    grants.grantTenantAccess("default_user", "acme");
    grants.grantPiiPermission("default_user");
    assertThat(grants.tenants(Principal.NOBODY)).isEmpty();
    assertThat(grants.hasPermission(Principal.NOBODY, Grants.PII_READ)).isFalse();
    Principal believed = new Principal("local", "default_user", Set.of(), Set.of(), Source.DEFAULT);
    assertThat(grants.tenants(believed)).containsExactly("acme");
  }

  @Test
  void theSameNameAtAnotherIssuerIsSomebodyElse() {
    Principal stranger = new Principal("evil", "alice", Set.of(), Set.of(), Source.VERIFIED);
    grants.grantTenantAccess("alice", "acme");
    grants.grantPiiPermission("alice");
    assertThat(grants.tenants(stranger)).isEmpty();
    assertThat(grants.hasPermission(stranger, Grants.PII_READ)).isFalse();
    grants.grantTenantAccess(Subject.user("evil", "alice"), "globex");
    assertThat(grants.tenants(stranger)).containsExactly("globex");
    assertThat(grants.tenants(ALICE)).containsExactly("acme");
  }

  @Test
  void everyChangeCountsUpTheEpochAndIsReported() {
    grants.grantTenantAccess("alice", "acme");
    grants.revokeTenantAccess("alice", "acme");
    grants.grantPiiPermission("alice");
    grants.revokePiiPermission("alice");
    Subject alice = Subject.user("alice");
    assertThat(grants.epoch()).isEqualTo(4);
    assertThat(changes)
        .containsExactly(
            new Change("grant_tenant_access", alice, "acme"),
            new Change("revoke_tenant_access", alice, "acme"),
            new Change("grant_permission", alice, "PII_READ"),
            new Change("revoke_permission", alice, "PII_READ"));
  }

  @Test
  void aGrantThatCannotBeRecordedDoesNotTakeEffect() {
    Grants unrecorded = new Grants(GrantsTest::fail);
    assertThatThrownBy(() -> unrecorded.grantTenantAccess("alice", "acme"))
        .hasMessage("not recorded");
    assertThatThrownBy(() -> unrecorded.grantPiiPermission("alice")).hasMessage("not recorded");
    assertThat(unrecorded.tenants(ALICE)).isEmpty();
    assertThat(unrecorded.hasPermission(ALICE, Grants.PII_READ)).isFalse();
    assertThat(unrecorded.hasTenantGrants()).isFalse();
    assertThat(unrecorded.epoch()).isZero();
  }

  @Test
  void aRevocationThatCannotBeRecordedTakesEffectAllTheSame() {
    boolean[] fails = new boolean[1];
    Grants unrecorded =
        new Grants(
            change -> {
              if (fails[0]) {
                fail(change);
              }
            });
    unrecorded.grantTenantAccess("alice", "acme");
    unrecorded.grantPiiPermission("alice");
    fails[0] = true;
    assertThatThrownBy(() -> unrecorded.revokeTenantAccess("alice", "acme"))
        .hasMessage("not recorded");
    assertThatThrownBy(() -> unrecorded.revokePiiPermission("alice")).hasMessage("not recorded");
    assertThat(unrecorded.tenants(ALICE)).isEmpty();
    assertThat(unrecorded.hasPermission(ALICE, Grants.PII_READ)).isFalse();
    assertThat(unrecorded.hasTenantGrants()).as("tools stay bound to tenants").isTrue();
  }

  @Test
  void aTenantNeedsAName() {
    for (String name : List.of("", " ")) {
      assertThatThrownBy(() -> grants.grantTenantAccess("alice", name))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> grants.revokeTenantAccess("alice", name))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(changes).isEmpty();
    assertThat(grants.epoch()).isZero();
  }

  private static void fail(Change change) {
    throw new IllegalStateException("not recorded");
  }
}
