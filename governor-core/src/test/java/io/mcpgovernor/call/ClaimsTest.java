package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClaimsTest {
  private static final String ISSUER = "https://login.example";

  @Test
  void issuerUserTenantAndRolesAreTaken() {
    Principal principal =
        Claims.principal(
            Map.of("iss", ISSUER, "sub", "alice", "roles", List.of("agent"), "tid", "acme"));

    assertThat(principal)
        .isEqualTo(
            new Principal(
                ISSUER, "alice", Set.of("acme"), Set.of("agent"), Principal.Source.VERIFIED));
  }

  @Test
  void theFirstTenantClaimCountsAndMayBeAList() {
    assertThat(
            Claims.principal(
                    Map.of("iss", ISSUER, "sub", "a", "tenant", "no", "org_id", List.of("x", "y")))
                .tenants())
        .containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void halfAnIdentityIsNone() {
    for (Map<String, Object> claims :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("sub", "alice"),
            Map.of("iss", ISSUER),
            Map.of("iss", ISSUER, "sub", " "),
            Map.of("iss", ISSUER, "sub", List.of("alice")),
            Map.of("iss", ISSUER, "sub", "alice", "tid", List.of("")),
            Map.of("iss", ISSUER, "sub", "alice", "roles", List.of(List.of())))) {
      assertThatIllegalArgumentException()
          .as(claims.toString())
          .isThrownBy(() -> Claims.principal(claims));
    }
  }
}
