package io.mcpgovernor.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.ToolCall;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers of policies that say they are costly and pure, for five minutes from the moment
 * they were given, or until something expires that the caller was granted. Whatever an answer may
 * depend on is in its key, the epoch of grants among it, so that a grant or revocation is seen by
 * the next call. Limits are never asked through here. Thread-safe.
 */
public final class DecisionCache {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int ENTRIES_MAX = 100_000;

  private record Key(
      String policy,
      Principal principal,
      @Nullable String tenant,
      String server,
      String tool,
      String pin,
      ByteBuffer arguments,
      long grantsEpoch) {}

  /**
   * What was answered.
   *
   * @param asked when, by the clock; null where time changes nothing of what the caller has
   * @param until when the next of what the caller has expires; null if nothing does
   */
  private record Answer(Decision decision, @Nullable Instant asked, @Nullable Instant until) {
    boolean countsAt(TimeSource time) {
      if (asked == null) {
        return true;
      }
      Instant now = time.now(); // may have been set back, or forth
      return !now.isBefore(asked) && (until == null || now.isBefore(until));
    }
  }

  private final Cache<Key, Answer> answers;
  private final Grants grants;
  private final TimeSource time;

  /** An empty cache. */
  public DecisionCache(Grants grants, TimeSource time) {
    this.grants = grants;
    this.time = time;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(ENTRIES_MAX)
            .expireAfterWrite(LIFE)
            .ticker(time::nanos)
            .build();
  }

  /**
   * Asks a policy, or remembers what it said to the same question.
   *
   * @param name the policy's name, unique
   */
  public CompletionStage<Decision> decide(String name, Policy policy, ToolCall call) {
    if (!policy.isCacheable()) {
      return policy.decide(call);
    }
    // The epoch is read before the answer is computed: a change in between only wastes the entry.
    Key key = key(name, call);
    Answer known = answers.getIfPresent(key);
    if (known != null && known.countsAt(time)) {
      return CompletableFuture.completedFuture(cached(known.decision));
    }
    Instant asked = grants.isTimed(call.principal()) ? time.now() : null;
    Instant until = asked == null ? null : grants.nextExpiry(call.principal(), asked);
    return policy
        .decide(call)
        .thenApply(
            decision -> {
              answers.put(key, new Answer(decision, asked, until));
              return decision;
            });
  }

  private Key key(String name, ToolCall call) {
    return new Key(
        name,
        call.principal(),
        call.tenant(),
        call.tool().server(),
        call.tool().name(),
        call.tool().pin(),
        ByteBuffer.wrap(sha256(call.arguments().utf8())),
        grants.epoch());
  }

  private static Decision cached(Decision decision) {
    Map<String, Object> metadata = new LinkedHashMap<>(decision.metadata());
    metadata.put("cached", true);
    return decision instanceof Decision.Deny deny
        ? deny.with(metadata)
        : new Decision.Allow(((Decision.Allow) decision).reason(), metadata);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
