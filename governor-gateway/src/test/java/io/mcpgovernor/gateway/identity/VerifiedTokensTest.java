package io.mcpgovernor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerifiedTokensTest {
  private final TestClock clock = new TestClock();
  private final VerifiedTokens verified = new VerifiedTokens(clock);
  private final Instant later = clock.now().plus(Duration.ofHours(1));

  private static Accepted accepted(String user, Map<String, Object> claims) {
    return new Accepted(
        new Principal(
            "https://login.example", user, Set.of(), Set.of(), Principal.Source.VERIFIED, claims));
  }

  @Test
  void aTokenIsKnownForAMinuteOrUntilItExpires() {
    TokenHash minute = TokenHash.of("a");
    TokenHash expires = TokenHash.of("b");
    verified.put(minute, accepted("alice", Map.of()), later);
    verified.put(expires, accepted("bob", Map.of()), clock.now().plusSeconds(10));

    clock.turn(Duration.ofMillis(9_999));
    assertThat(verified.get(minute)).isNotNull();
    assertThat(verified.get(expires)).isNotNull();
    clock.turn(Duration.ofMillis(1));
    assertThat(verified.get(expires)).isNull();
    clock.turn(Duration.ofSeconds(50));
    assertThat(verified.get(minute)).isNull();
  }

  @Test
  void noMoreAreKeptThanThereMayBe() {
    for (int i = 0; i < 3 * VerifiedTokens.TOKENS_MAX; i++) {
      verified.put(TokenHash.of("token-" + i), accepted("user-" + i, Map.of()), later);
    }

    assertThat(verified.size())
        .isLessThanOrEqualTo(VerifiedTokens.TOKENS_MAX)
        .isGreaterThan(VerifiedTokens.TOKENS_MAX * 9 / 10);
  }

  @Test
  void fewerAreKeptOfThoseThatTakeMuch() {
    Map<String, Object> large = Map.of("text", "x".repeat(60_000));
    for (int i = 0; i < 1_000; i++) {
      verified.put(TokenHash.of("token-" + i), accepted("user-" + i, large), later);
    }

    assertThat(verified.size()).isLessThan(VerifiedTokens.BYTES_MAX / 60_000).isGreaterThan(100);
  }

  @Test
  void aHashIsAllOfSha256() {
    assertThat(java.util.HexFormat.of().formatHex(TokenHash.of("abc").bytes()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(TokenHash.of(TokenHash.of("abc").bytes())).isEqualTo(TokenHash.of("abc"));
  }
}
