package io.mcpgovernor.cli.demo;

import io.mcpgovernor.call.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens and whom they stand for. Tokens are random and forgotten: only their digests are
 * kept, and each check compares with all of them, in a time that tells nothing of how close a guess
 * was. Thread-safe.
 */
final class TokenTable {
  private static final int TOKEN_BYTES = 32;
  private static final String SCHEME = "Bearer ";

  private static final class Entry {
    private final byte[] digest;
    private final Principal principal;

    Entry(byte[] digest, Principal principal) {
      this.digest = digest;
      this.principal = principal;
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** Makes a token for somebody. */
  String issue(Principal principal) {
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    entries.add(new Entry(digest(token), principal));
    return token;
  }

  /**
   * Whose token a request bears.
   *
   * @param authorization the request's {@code Authorization} header, null if it has none
   * @return null if that is nobody's
   */
  @Nullable Principal verify(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    byte[] digest = digest(authorization.substring(SCHEME.length()).strip());
    Principal found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.digest, digest)) {
        found = entry.principal;
      }
    }
    return found;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
