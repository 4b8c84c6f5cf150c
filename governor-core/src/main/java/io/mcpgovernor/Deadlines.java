package io.mcpgovernor;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what is waited for too long. Beside {@link CompletableFuture#orTimeout}, which wakes a
 * thread for each wait that begins and each that ends, and so costs a quick call a good part of
 * what it costs in all: here one thread looks at all waits every so often, and ends them up to
 * {@value #EVERY_MILLIS} ms late. Times too short for that are left to the other. Thread-safe.
 */
final class Deadlines {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
  private static final int EVERY_MILLIS = 50;
  private static final Duration EXACT_BELOW = Duration.ofSeconds(1);

  /** No time is longer; later than this is never. */
  private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

  private static final Set<Wait> WAITS = ConcurrentHashMap.newKeySet();
  private static final Thread LOOKING = new Thread(Deadlines::look, "governor-deadlines");

  private static volatile boolean asleep;

  static {
    LOOKING.setDaemon(true);
    LOOKING.start();
  }

  private Deadlines() {}

  /** Not a record: two waits are never the same. */
  private static final class Wait {
    private final CompletableFuture<?> answer;
    private final long until;

    Wait(CompletableFuture<?> answer, long until) {
      this.answer = answer;
      this.until = until;
    }
  }

  /** Completes an answer with a {@link TimeoutException} if it is not there in time. */
  @SuppressWarnings("FutureReturnValueIgnored") // the answer itself is what counts
  static void end(CompletableFuture<?> answer, Duration timeout) {
    if (timeout.compareTo(EXACT_BELOW) < 0) {
      answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    if (answer.isDone()) {
      return;
    }
    long nanos = Math.min(NEVER_NANOS, TimeUnit.NANOSECONDS.convert(timeout));
    Wait wait = new Wait(answer, System.nanoTime() + nanos);
    WAITS.add(wait);
    answer.whenComplete((result, failure) -> WAITS.remove(wait));
    if (asleep) {
      LockSupport.unpark(LOOKING);
    }
  }

  /** How many are waited for. */
  static int waits() {
    return WAITS.size();
  }

  private static void look() {
    while (true) {
      if (WAITS.isEmpty()) {
        asleep = true;
        if (WAITS.isEmpty()) { // one that began in between has not seen that we sleep
          LockSupport.park();
        }
        asleep = false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS));
      long now = System.nanoTime();
      try {
        WAITS.removeIf(wait -> now - wait.until >= 0 && isEnded(wait));
      } catch (RuntimeException | Error e) { // without this thread no call would ever time out
        LOG.error("Calls whose time is over could not be ended; this is tried again", e);
      }
    }
  }

  /** Elsewhere: what follows may take long, and the others are waiting, too. */
  private static boolean isEnded(Wait wait) {
    ForkJoinPool.commonPool()
        .execute(() -> wait.answer.completeExceptionally(new TimeoutException()));
    return true;
  }
}
