package io.mcpgovernor.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is whose token, for as long as that need not be looked at again: until the token expires, but
 * a minute at most. Tokens themselves are not kept. Thread-safe.
 */
final class VerifiedTokens {
  static final int TOKENS_MAX = 10_000;
  static final long BYTES_MAX = 32L << 20;
  private static final Duration LIFE = Duration.ofSeconds(60);

  /** No entry counts for less, so that there are never more than there may be. */
  private static final int WEIGHT_MIN = (int) (BYTES_MAX / TOKENS_MAX) + 1;

  private static final int ENTRY_BYTES = 600;
  private static final int VALUE_BYTES = 80;

  private record Known(Accepted accepted, Instant until) {}

  private final TimeSource time;
  private final Cache<TokenHash, Known> known;

  VerifiedTokens(TimeSource time) {
    this.time = time;
    known =
        Caffeine.newBuilder()
            .maximumWeight(BYTES_MAX)
            .weigher(
                (TokenHash hash, Known one) ->
                    Math.max(WEIGHT_MIN, bytes(one.accepted.principal())))
            .expireAfterWrite(LIFE)
            .ticker(time::nanos)
            .build();
  }

  /** Whose it is; null if it has to be looked at. */
  @Nullable Accepted get(TokenHash hash) {
    Known one = known.getIfPresent(hash);
    return one != null && time.now().isBefore(one.until) ? one.accepted : null;
  }

  /**
   * Keeps whose it is.
   *
   * @param expires when the token does
   */
  void put(TokenHash hash, Accepted accepted, Instant expires) {
    known.put(hash, new Known(accepted, expires));
  }

  /** Looks at all of them again. */
  void forget() {
    known.invalidateAll();
  }

  /** How many are kept. */
  long size() {
    known.cleanUp();
    return known.estimatedSize();
  }

  /** About what a principal takes. */
  private static int bytes(Principal principal) {
    long bytes = ENTRY_BYTES + 2L * (principal.issuer().length() + principal.subject().length());
    for (String tenant : principal.tenants()) {
      bytes += VALUE_BYTES + tenant.length();
    }
    for (String role : principal.roles()) {
      bytes += VALUE_BYTES + role.length();
    }
    return (int) Math.min(BYTES_MAX, bytes + bytesOf(principal.claims()));
  }

  private static long bytesOf(Object value) {
    long bytes = VALUE_BYTES;
    if (value instanceof String text) {
      bytes += 2L * text.length();
    } else if (value instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        bytes += bytesOf(member.getKey()) + bytesOf(member.getValue());
      }
    } else if (value instanceof Iterable<?> elements) {
      for (Object element : elements) {
        bytes += bytesOf(element);
      }
    }
    return bytes;
  }
}
