package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.config.file.JwtConfig;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import io.mcpgovernor.gateway.http.Authenticator.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says whose a JSON Web Token is. Thread-safe. */
final class Tokens implements AutoCloseable {
  private final VerifiedTokens verified;
  private final IssuerKeys keys;
  private final SignedTokens signed;
  private final ClaimsCheck check;
  private final ClaimsPrincipal principals;

  /**
   * Starts to look for the issuer's keys.
   *
   * @param source where they are; closed with this
   */
  Tokens(JwtConfig config, KeySource source, TimeSource time) {
    verified = new VerifiedTokens(time);
    keys = IssuerKeys.start(source, time, verified::forget);
    signed = new SignedTokens(keys);
    check = new ClaimsCheck(config, time);
    principals = new ClaimsPrincipal(config);
  }

  /** Whose it is. May wait for the issuer's keys. */
  Verdict verdict(String token) {
    TokenHash hash = TokenHash.of(token);
    Accepted known = verified.get(hash);
    if (known != null) {
      return known;
    }
    try {
      Map<String, @Nullable Object> claims = signed.claims(token);
      Instant expires = check.check(claims);
      Accepted accepted = new Accepted(principals.of(withoutNulls(claims)));
      verified.put(hash, accepted, expires);
      return accepted;
    } catch (RefusedException e) {
      return e.refused();
    }
  }

  /** Null says no more than a claim that is not there. */
  private static Map<String, Object> withoutNulls(Map<String, @Nullable Object> claims) {
    Map<String, Object> said = new HashMap<>();
    claims.forEach(
        (name, value) -> {
          if (value != null) {
            said.put(name, value);
          }
        });
    return said;
  }

  @Override
  public void close() {
    keys.close();
  }
}
