package io.mcpgovernor.gateway.identity;

import com.nimbusds.jose.JWSAlgorithm;
import io.mcpgovernor.call.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys, kept: looked for again before they get old, and when a token names one that is
 * not there, which is how a new one comes to light. If they cannot be had, those that are known go
 * on to count for a day. Thread-safe.
 */
final class IssuerKeys implements AutoCloseable {
  /** For how long known keys count while no others can be had. */
  static final Duration OLD = Duration.ofHours(24);

  /** Tokens that name unknown keys cause so many requests at most: one in this time. */
  static final Duration BETWEEN_UNKNOWN = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(1);
  private static final long RETRY_MILLIS_MIN = 500;
  private static final long RETRY_MILLIS_MAX = 60_000;
  private static final long WAIT_SECONDS = 15;

  /** More do not wait: whoever makes up keys is not to take all places of those who do not. */
  private static final int WAITING_MAX = 128;

  /** What somebody found: another one each time, also if the keys are the same. */
  private static final class Kept {
    private final List<IssuerKey> keys;
    private final long since;
    private final Duration fresh;

    Kept(List<IssuerKey> keys, long since, Duration fresh) {
      this.keys = keys;
      this.since = since;
      this.fresh = fresh;
    }
  }

  private final KeySource source;
  private final TimeSource time;
  private final Runnable changed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread thread;
  private volatile @Nullable Kept kept;

  // Guarded by lock.
  private @Nullable Long failedAt;
  private @Nullable Long unknownAt;
  private String said = "";

  private IssuerKeys(KeySource source, TimeSource time, Runnable changed) {
    this.source = source;
    this.time = time;
    this.changed = changed;
    thread = Thread.ofVirtual().name("governor-issuer-keys").unstarted(this::lookAgainAndAgain);
  }

  /**
   * Starts to look for them, and to keep them.
   *
   * @param source closed with these
   * @param changed done each time there are others
   */
  static IssuerKeys start(KeySource source, TimeSource time, Runnable changed) {
    IssuerKeys keys = new IssuerKeys(source, time, changed);
    keys.thread.start();
    return keys;
  }

  /**
   * Those with which a token may be signed. Waits, if they have to be looked for.
   *
   * @param kid which the token names; null for none
   * @return empty if the issuer has none
   * @throws RefusedException if nobody knows which keys the issuer has
   */
  List<IssuerKey> find(@Nullable String kid, JWSAlgorithm algorithm) throws RefusedException {
    Kept now = kept;
    if (now == null || isOld(now)) {
      now = refreshed(now, false);
      if (now == null || isOld(now)) {
        throw Challenges.unavailable(
            "The gateway cannot get the keys of the issuer of tokens now, so it cannot tell who"
                + " calls; its log says why.");
      }
    }
    List<IssuerKey> found = fitting(now, kid, algorithm);
    if (!found.isEmpty()) {
      return found;
    }
    Kept next = refreshed(now, true);
    return next == null ? List.of() : fitting(next, kid, algorithm);
  }

  private static List<IssuerKey> fitting(Kept keys, @Nullable String kid, JWSAlgorithm algorithm) {
    return keys.keys.stream().filter(key -> key.fits(kid, algorithm)).toList();
  }

  private boolean isOld(Kept keys) {
    return time.nanos() - keys.since > OLD.toNanos();
  }

  /**
   * What is there after somebody has looked again: one for all who want it at the same time.
   *
   * @param before what was not enough
   * @param isForUnknown whether a token named a key that is not there
   */
  private @Nullable Kept refreshed(@Nullable Kept before, boolean isForUnknown) {
    try {
      if (lock.getQueueLength() < WAITING_MAX && lock.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
        try {
          if (kept == before && mayLook(isForUnknown)) {
            look();
          }
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return kept;
  }

  private boolean mayLook(boolean isForUnknown) {
    long now = time.nanos();
    if (failedAt != null && now - failedAt < BETWEEN_FAILURES.toNanos()) {
      return false;
    }
    if (!isForUnknown) {
      return true;
    }
    if (unknownAt != null && now - unknownAt < BETWEEN_UNKNOWN.toNanos()) {
      return false;
    }
    unknownAt = now;
    return true;
  }

  /** Looks, and keeps what is there. The lock is held. */
  private boolean look() throws InterruptedException {
    try {
      KeySource.Found found = source.find();
      Kept before = kept;
      kept = new Kept(found.keys(), time.nanos(), found.fresh());
      failedAt = null;
      if (before != null && !before.keys.equals(found.keys())) {
        changed.run();
      }
      if (!said.isEmpty()) {
        LOG.info("The keys of the issuer of tokens are there again");
        said = "";
      }
      return true;
    } catch (IOException | RuntimeException e) {
      failedAt = time.nanos();
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(said) && closed.getCount() > 0) {
        said = problem;
        LOG.warn(
            "The keys of the issuer of tokens cannot be had: {}; {}",
            problem,
            kept == null
                ? "until they can, no token is accepted"
                : "those that are known count for " + OLD.toHours() + " hours");
      }
      return false;
    }
  }

  private void lookAgainAndAgain() {
    long millis = 0;
    long retry = RETRY_MILLIS_MIN;
    try {
      while (!closed.await(millis, TimeUnit.MILLISECONDS)) {
        lock.lockInterruptibly();
        try {
          millis = freshMillis();
          if (millis <= 0) { // else a caller has looked meanwhile
            boolean isThere = look();
            retry = isThere ? RETRY_MILLIS_MIN : Math.min(RETRY_MILLIS_MAX, retry * 2);
            millis = Math.max(retry, freshMillis());
          }
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** For how long nobody has to look: less than they are fresh, so that no call waits for them. */
  private long freshMillis() {
    Kept now = kept;
    return now == null ? 0 : now.fresh.toMillis() * 3 / 4 - (time.nanos() - now.since) / 1_000_000;
  }

  /** Stops looking. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt(); // it may wait for an answer
    source.close();
  }
}
