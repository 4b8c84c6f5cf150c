package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Principal.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  private static Principal named(String issuer, String subject) {
    return new Principal(issuer, subject, Set.of(), Set.of(), Source.VERIFIED);
  }
}
