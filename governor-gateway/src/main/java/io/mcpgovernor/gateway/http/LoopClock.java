package io.mcpgovernor.gateway.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the time limits of all connections of one event loop, a few times a second. A timer
 * for each request would cost more than the request. Used by its loop only.
 */
final class LoopClock {
  /** Something with time limits. */
  interface Timed {
    /**
     * Looks whether one has passed.
     *
     * @param now by {@link System#nanoTime}
     */
    void tick(long now);
  }

  private static final long PERIOD_MILLIS = 50;

  private final EventLoop loop;
  private final Set<Timed> watched = new LinkedHashSet<>();
  private @Nullable Future<?> ticking;

  LoopClock(EventLoop loop) {
    this.loop = loop;
  }

  void watch(Timed timed) {
    watched.add(timed);
    if (ticking == null) {
      ticking =
          loop.scheduleWithFixedDelay(
              this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void forget(Timed timed) {
    watched.remove(timed);
    // An idle gateway sleeps.
    if (watched.isEmpty() && ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }

  private void tick() {
    long now = System.nanoTime();
    // A copy, because a limit that has passed may close a connection, which is then forgotten.
    for (Timed timed : watched.toArray(new Timed[0])) {
      timed.tick(now);
    }
  }
}
