package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Principal.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrincipalTest {

  @Test
  void noTwoPairsOfIssuerAndSubjectHaveTheSameKey() {
    List<String> names =
        List.of("a", "ab", "b", "1:a", "2:ab", ":", "1", "local", "a|b", "5:local");
    Set<String> keys = new HashSet<>();
    for (String issuer : names) {
      for (String subject : names) {
        assertThat(keys.add(named(issuer, subject).key())).isTrue();
      }
    }
  }

  @Test
  void namesAreNeitherBlankNorEndless() {
    assertThat(named("i".repeat(512), "s".repeat(512)).subject()).hasSize(512);
    for (String bad : List.of("", " ", "\t\n", "x".repeat(513))) {
      assertThatThrownBy(() -> named("issuer", bad)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> named(bad, "subject")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void laterChangesOfTheCallersSetsChangeNothing() {
    Set<String> tenants = new HashSet<>(Set.of("acme"));
    Principal principal = Principal.verified("alice").withTenants(tenants).withRoles(Set.of("dev"));
    tenants.add("globex");
    assertThat(principal.tenants()).containsExactly("acme");
    assertThat(principal.roles()).containsExactly("dev");
    assertThat(principal.source()).isEqualTo(Source.VERIFIED);
  }

  @Test
  void claimsAreCopiedAllTheWayDownAndNotShown() {
    List<Object> scopes = new ArrayList<>(List.of("pii:read"));
    Map<String, Object> realm = new HashMap<>(Map.of("roles", scopes));
    Map<String, Object> claims = new HashMap<>(Map.of("realm", realm, "email", "a@example.com"));
    Principal alice = Principal.verified("alice").withClaims(claims);
    claims.clear();
    realm.clear();
    scopes.clear();
    Map<String, Object> kept =
        Map.of("realm", Map.of("roles", List.of("pii:read")), "email", "a@example.com");
    assertThat(alice.claims()).isEqualTo(kept);
    assertThat(alice.withRoles(Set.of("dev")).withTenants(Set.of("acme")).claims()).isEqualTo(kept);
    assertThat(alice.toString()).contains("alice").doesNotContain("example.com", "pii:read");
    assertThat(alice).isNotEqualTo(Principal.verified("alice"));
    assertThatThrownBy(() -> alice.claims().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Map<?, ?>) alice.claims().get("realm")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void onlyVerifiedIdentitiesHaveClaims() {
    Map<String, Object> claims = Map.of("scope", "pii:read");
    assertThat(Principal.explicit("alice").withClaims(claims).claims()).isEqualTo(claims);
    for (Source source : List.of(Source.ARGUMENTS, Source.META, Source.DEFAULT, Source.NONE)) {
      Principal claimed = new Principal("local", "alice", Set.of(), Set.of(), source);
      assertThatThrownBy(() -> claimed.withClaims(claims))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(claimed.withClaims(Map.of())).isEqualTo(claimed);
    }
  }

  @Test
  void claimsHaveBounds() {
    Principal alice = Principal.verified("alice");
    Object deep = "x";
    for (int level = 1; level < 8; level++) {
      deep = List.of(deep);
    }
    alice.withClaims(Map.of("deep", deep, "long", "x".repeat(60_000)));
    for (Object bad :
        List.of(
            List.of(deep),
            "x".repeat(66_000),
            IntStream.range(0, 2_000).boxed().toList(),
            Map.of(1, "x"),
            Source.VERIFIED)) {
      assertThatThrownBy(() -> alice.withClaims(Map.of("bad", bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Principal named(String issuer, String subject) {
    return new Principal(issuer, subject, Set.of(), Set.of(), Source.VERIFIED);
  }
}
