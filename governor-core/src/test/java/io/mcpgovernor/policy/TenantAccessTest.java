package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantAccessTest {
  private static final Principal ALICE = Principal.verified("alice");
  private static final Tool SCOPED =
      Calls.tool("{\"name\":\"orders\",\"inputSchema\":{\"properties\":{\"tenantId\":{}}}}")
          .build();
  private static final Tool FREE = Calls.tool("{\"name\":\"clock\"}").tenantScoped(false).build();

  private final Grants grants = new Grants(change -> {});
  private final TenantAccess rule = new TenantAccess(grants, List.of("tenant_id", "tenantId"));

  @Test
  void onlyGrantedTenantsAreReached() {
    grants.grantTenantAccess("alice", "acme");
    assertThat(decide("acme", SCOPED).isAllowed()).isTrue();
    for (String tenant : List.of("globex", "ACME", "acme ", " acme", "*", "any")) {
      Decision.Deny deny = (Decision.Deny) decide(tenant, SCOPED);
      assertThat(deny.code()).isEqualTo(DenialCode.RLS);
      assertThat(deny.reason()).doesNotContain(tenant);
    }
    grants.revokeTenantAccess("alice", "acme");
    assertThat(decide("acme", SCOPED).isAllowed()).isFalse();
  }

  @Test
  void aTenantIsCheckedEvenWhereTheToolNeedsNone() {
    assertThat(decide("acme", FREE).isAllowed()).isFalse();
    assertThat(decide("acme", Calls.PLAIN).isAllowed()).isFalse();
    grants.grantTenantAccess("alice", "acme");
    assertThat(decide("acme", FREE).isAllowed()).isTrue();
  }

  @Test
  void aDenialListsTheCallersOwnTenantsOnly() {
    grants.grantTenantAccess("bob", "secret");
    grants.grantTenantAccess("alice", "acme");
    grants.grantTenantAccess("alice", "aardvark");
    Decision.Deny deny = (Decision.Deny) decide("secret", SCOPED);
    assertThat(deny.suggestions().get(0)).contains("aardvark, acme");
    assertThat(deny.metadata()).containsEntry("allowed_tenants", List.of("aardvark", "acme"));
    assertThat(deny.toString()).doesNotContain("secret");
  }

  @Test
  void aScopedToolNeedsATenantAndAFreeOneDoesNot() {
    assertThat(decide(null, SCOPED).isAllowed()).isFalse();
    assertThat(decide(null, FREE).isAllowed()).isTrue();
    Tool declared = Calls.tool("{\"name\":\"report\"}").tenantScoped(true).build();
    assertThat(decide(null, declared).isAllowed()).isFalse();
  }

  @Test
  void onceTenantsAreGrantedEveryToolIsScopedThatDoesNotSayOtherwise() {
    assertThat(decide(null, Calls.PLAIN).isAllowed()).isTrue();
    grants.grantTenantAccess("bob", "acme");
    assertThat(decide(null, Calls.PLAIN).isAllowed()).isFalse();
    assertThat(decide(null, FREE).isAllowed()).isTrue();
  }

  @Test
  void theOnlyTenantOfAPrincipalIsTheOneACallWithoutWorksFor() {
    assertThat(rule.onlyTenant(ALICE, SCOPED)).isNull();
    assertThat(rule.onlyTenant(ALICE.withTenants(Set.of("acme")), SCOPED)).isEqualTo("acme");
    assertThat(rule.onlyTenant(ALICE.withTenants(Set.of("acme")), FREE)).isNull();
    assertThat(rule.onlyTenant(ALICE.withTenants(Set.of("acme", "b")), SCOPED)).isNull();
    grants.revokeTenantAccess("alice", "b");
    assertThat(rule.onlyTenant(ALICE.withTenants(Set.of("acme", "b")), SCOPED)).isEqualTo("acme");
  }

  @Test
  void aToolIsOfferedToWhoMayUseItForSomeTenant() {
    assertThat(rule.mayUse(ALICE, SCOPED)).isFalse();
    assertThat(rule.mayUse(ALICE, FREE)).isTrue();
    grants.grantTenantAccess(Subject.any(), "acme");
    assertThat(rule.mayUse(ALICE, SCOPED)).isTrue();
    assertThat(rule.mayUse(Principal.NOBODY, SCOPED)).isFalse();
  }

  private Decision decide(String tenant, Tool tool) {
    return rule.decideNow(Calls.of(ALICE, tenant, tool, Json.EMPTY_OBJECT));
  }
}
