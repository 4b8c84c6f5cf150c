package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.call.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimPermissionsTest {
  private static final ClaimPermissions CLAIMS =
      ClaimPermissions.NONE
          .with("scope", "pii:read", Grants.PII_READ)
          .with("groups", "Support Team", Grants.PII_READ)
          .with("/realm_access/roles", "privacy", Grants.PII_READ)
          .with("/https:~1~1example.com~1admin", "yes", "ADMIN");

  private final Grants grants = new Grants(change -> {});

  @BeforeEach
  void configure() {
    grants.configure(List.of(), CLAIMS);
  }

  @Test
  void aValueBringsAPermissionFromATextAListOrDeepInside() {
    for (Map<String, Object> claims :
        List.<Map<String, Object>>of(
            Map.of("scope", "pii:read"),
            Map.of("scope", "openid pii:read email"),
            Map.of("scope", List.of("openid", "pii:read")),
            Map.of("groups", "Support Team"),
            Map.of("groups", List.of("Support Team")),
            Map.of("realm_access", Map.of("roles", List.of("privacy"))))) {
      assertThat(has(claims, Grants.PII_READ)).as("%s", claims).isTrue();
      assertThat(has(claims, "ADMIN")).as("%s", claims).isFalse();
    }
    assertThat(has(Map.of("https://example.com/admin", "yes"), "ADMIN")).isTrue();
  }

  @Test
  void whatOnlyLooksLikeTheValueBringsNothing() {
    for (Map<String, Object> claims :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("scope", ""),
            Map.of("scope", "pii:read:all xpii:read PII:READ"),
            Map.of("scope", "pii:read,openid"),
            Map.of("scope", List.of("openid pii:read")),
            Map.of("scope", Map.of("pii:read", true)),
            Map.of("scope", true),
            Map.of("Scope", "pii:read"),
            Map.of("scp", "pii:read"),
            Map.of("groups", "Customer Support Team"),
            Map.of("realm_access", "privacy"),
            Map.of("realm_access", List.of(Map.of("roles", "privacy"))),
            Map.of("/realm_access/roles", "privacy"))) {
      assertThat(has(claims, Grants.PII_READ)).as("%s", claims).isFalse();
    }
  }

  @Test
  void aRevocationBeatsAClaim() {
    Principal alice = Principal.verified("alice").withClaims(Map.of("scope", "pii:read"));
    assertThat(grants.hasPermission(alice.withRoles(Set.of("dev")), Grants.PII_READ)).isTrue();
    grants.revokePiiPermission("alice");
    assertThat(grants.hasPermission(alice, Grants.PII_READ)).isFalse();
    grants.grantPiiPermission("alice");
    assertThat(grants.hasPermission(alice, Grants.PII_READ)).isTrue();
    grants.revokePermission(Subject.role("dev"), Grants.PII_READ);
    assertThat(grants.hasPermission(alice.withRoles(Set.of("dev")), Grants.PII_READ)).isFalse();
  }

  @Test
  void mappingsHaveBounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClaimPermissions.NONE.with(" ", "x", "P"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClaimPermissions.NONE.with("scope", "x".repeat(513), "P"));
    ClaimPermissions.Mapping mapping = new ClaimPermissions.Mapping("scope", "x", "P");
    assertThat(new ClaimPermissions(Collections.nCopies(1_000, mapping)).mappings()).hasSize(1_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClaimPermissions(Collections.nCopies(1_001, mapping)));
  }

  private boolean has(Map<String, Object> claims, String permission) {
    return grants.hasPermission(Principal.verified("alice").withClaims(claims), permission);
  }
}
