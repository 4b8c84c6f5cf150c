package io.mcpgovernor.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Principal;
import org.junit.jupiter.api.Test;

class TokenTableTest {

  private final TokenTable tokens = new TokenTable();
  private final Principal alice = Principal.verified("alice");
  private final Principal bob = Principal.verified("bob");
  private final String tokenOfAlice = tokens.issue(alice);
  private final String tokenOfBob = tokens.issue(bob);

  @Test
  void aTokenIsItsOwners() {
    assertThat(tokens.verify("Bearer " + tokenOfAlice)).isEqualTo(alice);
    assertThat(tokens.verify("bearer  " + tokenOfBob)).isEqualTo(bob);
  }

  @Test
  void whatIsNoTokenIsNobodys() {
    assertThat(tokens.verify(null)).isNull();
    assertThat(tokens.verify("")).isNull();
    assertThat(tokens.verify("Bearer ")).isNull();
    assertThat(tokens.verify("Bearer alice")).isNull();
    assertThat(tokens.verify(tokenOfAlice)).isNull();
    assertThat(tokens.verify("Basic " + tokenOfAlice)).isNull();
    assertThat(tokens.verify("Bearer " + tokenOfAlice.substring(1))).isNull();
    assertThat(tokens.verify("Bearer " + tokenOfAlice + tokenOfBob)).isNull();
  }

  @Test
  void noTwoTokensAreAlike() {
    assertThat(tokens.issue(alice)).isNotEqualTo(tokenOfAlice).hasSize(43);
    assertThat(tokens.verify("Bearer " + tokenOfAlice)).isEqualTo(alice);
  }
}
