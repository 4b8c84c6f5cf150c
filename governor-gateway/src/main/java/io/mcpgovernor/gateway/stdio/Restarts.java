package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.relay.UpstreamException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a process that ended may be started again, for each of those that use one: at once after a
 * long life, else after a pause that doubles, and after five short lives in a row not for half a
 * minute. Thread-safe.
 */
final class Restarts {
  private static final long LONG_LIFE = Duration.ofSeconds(30).toNanos();
  private static final long PAUSE = Duration.ofMillis(100).toNanos();
  private static final long BREAK = Duration.ofSeconds(30).toNanos();
  private static final int SHORT_LIVES_MAX = 5;

  /** Users whose processes ended early; the one whose did longest ago is forgotten first. */
  private static final int USERS_MAX = 1_024;

  private record State(int shortLives, long notBefore) {}

  private final ChildFailures failures;
  private final LongSupplier nanos;
  private final Map<String, State> states =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, State> eldest) {
          return size() > USERS_MAX;
        }
      };

  Restarts(ChildFailures failures, LongSupplier nanos) {
    this.failures = failures;
    this.nanos = nanos;
  }

  /**
   * How long has to be waited before a process is started for somebody.
   *
   * @throws UpstreamException if that is too long for anybody to wait
   */
  synchronized Duration pause(String user) throws UpstreamException {
    @Nullable State state = states.get(user);
    long left = state == null ? 0 : state.notBefore() - nanos.getAsLong();
    if (state == null || left <= 0) {
      return Duration.ZERO;
    }
    if (state.shortLives() >= SHORT_LIVES_MAX) {
      throw failures.crashLoop(state.shortLives(), Duration.ofNanos(left));
    }
    return Duration.ofNanos(left);
  }

  /** Whether processes of somebody are not started for a while, so often did they end early. */
  synchronized boolean isPausing() {
    long now = nanos.getAsLong();
    return states.values().stream()
        .anyMatch(state -> state.shortLives() >= SHORT_LIVES_MAX && state.notBefore() - now > 0);
  }

  /** A process ended that nobody had asked to. */
  synchronized void ended(String user, long livedNanos) {
    if (livedNanos >= LONG_LIFE) {
      states.remove(user);
      return;
    }
    @Nullable State before = states.remove(user); // to the end of the order
    int shortLives = before == null ? 1 : before.shortLives() + 1;
    long pause = shortLives >= SHORT_LIVES_MAX ? BREAK : PAUSE << (shortLives - 1);
    states.put(user, new State(shortLives, nanos.getAsLong() + pause));
  }
}
