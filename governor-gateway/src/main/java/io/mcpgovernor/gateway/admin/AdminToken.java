package io.mcpgovernor.gateway.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token that administration needs. How long a comparison takes says nothing about it: hashes
 * are compared, all of their bytes. Immutable.
 */
final class AdminToken {
  private static final String SCHEME = "bearer ";

  private final byte @Nullable [] hash;

  /**
   * A token.
   *
   * @param token null for none, and then nothing is let in
   */
  AdminToken(@Nullable String token) {
    this.hash = token == null || token.isEmpty() ? null : sha256(token);
  }

  /** Whether there is one. */
  boolean isSet() {
    return hash != null;
  }

  /** Whether the values of {@code Authorization} are it: one, of scheme Bearer. */
  boolean isIn(@Nullable List<String> authorization) {
    if (hash == null || authorization == null || authorization.size() != 1) {
      return false;
    }
    String value = authorization.getFirst();
    return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(hash, sha256(value.substring(SCHEME.length()).strip()));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
