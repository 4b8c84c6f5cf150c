package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.gateway.disk.SharedFile;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import io.mcpgovernor.gateway.http.Authenticator.Verdict;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whose an API key is. The file is looked at with each request, so that a key that was revoked
 * counts for none; if it cannot be read, no key counts. Thread-safe.
 */
final class KnownKeys {
  private static final Logger LOG = LoggerFactory.getLogger(KnownKeys.class);

  private record One(KeyEntry entry, TokenHash hash, Accepted accepted) {}

  private record Read(SharedFile.@Nullable Stamp stamp, @Nullable Map<TokenHash, One> keys) {}

  private final ApiKeys file;
  private final TimeSource time;
  private volatile Read read = new Read(null, null);
  private String said = ""; // guarded by this

  KnownKeys(ApiKeys file, TimeSource time) {
    this.file = file;
    this.time = time;
  }

  Verdict verdict(String key) {
    TokenHash hash = TokenHash.of(key);
    Map<TokenHash, One> keys = current();
    if (keys == null) {
      return Challenges.unavailable(
              "The gateway cannot read its API keys now, so it cannot tell who calls; its log says"
                  + " why.")
          .refused();
    }
    One one = keys.get(hash);
    // The map has told already; this is for whoever wonders how long it took.
    if (one == null || !MessageDigest.isEqual(one.hash.bytes(), hash.bytes())) {
      return Challenges.invalid("The gateway does not know the API key.");
    }
    return switch (one.entry.stateAt(time.now())) {
      case IN_FORCE -> one.accepted;
      case WAITS -> Challenges.invalid("The API key does not count yet: it is not on record.");
      case EXPIRED -> Challenges.invalid("The API key has expired.");
      case REVOKED -> Challenges.invalid("The API key was revoked.");
    };
  }

  private @Nullable Map<TokenHash, One> current() {
    SharedFile.Stamp stamp = file.stamp();
    Read now = read;
    return stamp != null && stamp.equals(now.stamp) ? now.keys : readAgain();
  }

  private synchronized @Nullable Map<TokenHash, One> readAgain() {
    SharedFile.Stamp stamp = file.stamp();
    if (stamp != null && stamp.equals(read.stamp)) {
      return read.keys;
    }
    try {
      Map<TokenHash, One> keys = new HashMap<>();
      for (KeyEntry entry : file.list()) {
        TokenHash hash = TokenHash.of(HexFormat.of().parseHex(entry.hash()));
        keys.put(hash, new One(entry, hash, new Accepted(principal(entry))));
      }
      read = new Read(stamp, keys);
      said = "";
    } catch (KeyException | IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(said)) {
        said = problem;
        LOG.error("{}; until then, no API key counts", problem);
      }
      read = new Read(stamp, null);
    }
    return read.keys;
  }

  private static Principal principal(KeyEntry entry) {
    KeyEntry.Owner owner = entry.owner();
    return new Principal(
        Principal.LOCAL, owner.user(), owner.tenants(), owner.roles(), Principal.Source.VERIFIED);
  }
}
