package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.config.file.JwtConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a token that its issuer has signed counts here and now. Immutable. */
final class ClaimsCheck {
  private static final long SECONDS_MAX = 253_402_300_799L; // the year 9999

  private final String issuer;
  private final Set<String> audience;
  private final Duration skew;
  private final Set<String> scopes;
  private final TimeSource time;

  ClaimsCheck(JwtConfig config, TimeSource time) {
    issuer = config.issuer().toString();
    audience = config.audience();
    skew = config.clockSkew();
    scopes = config.requiredScope();
    this.time = time;
  }

  /**
   * When it expires.
   *
   * @throws RefusedException if it does not count
   */
  Instant check(Map<String, @Nullable Object> claims) throws RefusedException {
    if (!issuer.equals(claims.get("iss"))) {
      throw Challenges.invalidToken("The token is of another issuer.");
    }
    if (texts(claims.get("aud")).stream().noneMatch(audience::contains)) {
      throw Challenges.invalidToken(
          "The token is for somebody else: its audience is not this gateway.");
    }
    Instant now = time.now();
    Instant expires = moment(claims.get("exp"));
    if (expires == null) {
      throw Challenges.invalidToken("The token does not say when it expires.");
    }
    if (!now.isBefore(expires.plus(skew))) {
      throw Challenges.invalidToken("The token has expired.");
    }
    if (claims.get("nbf") != null) {
      Instant from = moment(claims.get("nbf"));
      if (from == null || now.isBefore(from.minus(skew))) {
        throw Challenges.invalidToken("The token is not valid yet.");
      }
    }
    if (!scopes.isEmpty() && !scopes(claims).containsAll(scopes)) {
      throw Challenges.insufficientScope(
          scopes, "The token lacks a scope: it needs " + String.join(" ", scopes) + ".");
    }
    return expires;
  }

  /** As RFC 8693 has them, and as those who were earlier do. */
  private static Set<String> scopes(Map<String, @Nullable Object> claims) {
    Set<String> all = new HashSet<>();
    for (String name : List.of("scope", "scp")) {
      for (String text : texts(claims.get(name))) {
        all.addAll(List.of(text.split(" ")));
      }
    }
    return all;
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    Collection<?> all =
        value instanceof Collection<?> many ? many : value == null ? List.of() : List.of(value);
    for (Object one : all) {
      if (one instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static @Nullable Instant moment(@Nullable Object value) {
    if (!(value instanceof Number number)) {
      return null;
    }
    double seconds = number.doubleValue(); // bounded in time, whatever the number
    return seconds >= 0 && seconds <= SECONDS_MAX ? Instant.ofEpochSecond((long) seconds) : null;
  }
}
