package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClaimsTest {
  private static final String ISSUER = "https://login.example";

  @Test
  void issuerUserTenantAndRolesAreTaken() {
    Map<String, Object> claims =
        Map.of("iss", ISSUER, "sub", "alice", "roles", List.of("agent"), "tid", "acme");
    Principal principal = Claims.principal(claims);

    assertThat(principal)
        .isEqualTo(
            new Principal(
                ISSUER,
                "alice",
                Set.of("acme"),
                Set.of("agent"),
                Principal.Source.VERIFIED,
                claims));
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
  void whatIsNoJsonStaysAsItsText() throws Exception {
    Map<String, @Nullable Object> claims = new HashMap<>();
    claims.put("iss", URI.create(ISSUER).toURL());
    claims.put("sub", "alice");
    claims.put("exp", Instant.EPOCH);
    claims.put("nonce", null);

    assertThat(Claims.principal(claims).claims())
        .containsOnly(
            Map.entry("iss", ISSUER),
            Map.entry("sub", "alice"),
            Map.entry("exp", "1970-01-01T00:00:00Z"));
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
