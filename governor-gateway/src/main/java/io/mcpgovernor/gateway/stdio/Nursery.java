package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.relay.UpstreamException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts the processes of a server, within their bounds and not too soon after one crashed, and
 * ends those that nobody uses. Thread-safe.
 */
final class Nursery implements AutoCloseable {
  /** A request waits this long for a process to be started again, and is refused beyond. */
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

  private static final Duration SWEEP_MAX = Duration.ofSeconds(30);

  private final ChildCommand command;
  private final ChildrenOptions options;
  private final Consumer<String> stderr;
  private final ChildFailures failures;
  private final LongSupplier nanos;
  private final Restarts restarts;
  private final ProcessCount count;
  private final Set<RunningChild> running = ConcurrentHashMap.newKeySet();

  /** Those that requests without sessions share, by who shares them. */
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  private @Nullable Thread sweeper;
  private Runnable alsoSwept = () -> {};
  private volatile boolean isClosed;

  /** Where one process is at most. */
  private static final class Place {
    final ReentrantLock lock = new ReentrantLock();
    volatile @Nullable RunningChild child;
  }

  Nursery(
      ChildCommand command,
      ChildrenOptions options,
      Consumer<String> stderr,
      ChildFailures failures,
      LongSupplier nanos) {
    this.command = command;
    this.options = options;
    this.stderr = stderr;
    this.failures = failures;
    this.nanos = nanos;
    this.restarts = new Restarts(failures, nanos);
    this.count =
        new ProcessCount(options.processesMax(), options.processesPerPrincipal(), failures);
  }

  long now() {
    return nanos.getAsLong();
  }

  /** Says what else is done whenever idle processes are looked for. */
  void whenSweeping(Runnable task) {
    alsoSwept = task;
  }

  /** Whether processes crash so often that some are not started for a while. */
  boolean isPausing() {
    return restarts.isPausing();
  }

  /** Whether a principal can have no further process as it is. */
  boolean isFull(String principal) {
    return count.isFull(principal);
  }

  /** The process of a place, started if there is none. */
  RunningChild shared(String place, String principal, Sharing sharing, Duration patience)
      throws UpstreamException, InterruptedException {
    while (true) {
      Place at = places.computeIfAbsent(place, key -> new Place());
      at.lock.lockInterruptibly();
      try {
        if (!at.equals(places.get(place))) {
          continue; // it was swept away meanwhile
        }
        RunningChild child = at.child;
        if (child == null || child.hasEnded()) {
          if (child != null && !child.isUnwanted()) {
            child.awaitGone(); // so that its end counts before the next is started
          }
          at.child = null;
          child = start(place, principal, sharing, patience);
          at.child = child;
        }
        child.use(now());
        return child;
      } finally {
        if (at.child == null) {
          places.remove(place, at);
        }
        at.lock.unlock();
      }
    }
  }

  /**
   * Starts a process.
   *
   * @param user whose crashes count
   * @param principal who may have so many
   */
  RunningChild start(String user, String principal, Sharing sharing, Duration patience)
      throws UpstreamException, InterruptedException {
    await(restarts.pause(user), patience);
    if (count.isFull()) {
      endLongestIdle();
    }
    count.add(principal);
    RunningChild child;
    try {
      if (isClosed) {
        throw failures.closing();
      }
      child =
          new RunningChild(ChildUpstream.start(command, options.child(), sharing, stderr), now());
    } catch (UpstreamException | RuntimeException e) {
      count.remove(principal);
      throw e;
    }
    running.add(child);
    long started = now();
    child.goneWith(child.upstream().ended().thenRun(() -> ended(child, user, principal, started)));
    if (isClosed) {
      child.end(); // it was closed meanwhile, and has not seen this one
      throw failures.closing();
    }
    startSweeping();
    return child;
  }

  private void await(Duration pause, Duration patience)
      throws UpstreamException, InterruptedException {
    if (pause.compareTo(PAUSE_MAX) > 0 || pause.compareTo(patience) > 0) {
      throw failures.restartsLater(pause);
    }
    Thread.sleep(pause);
  }

  private void ended(RunningChild child, String user, String principal, long started) {
    running.remove(child);
    count.remove(principal);
    if (!child.isUnwanted()) {
      restarts.ended(user, now() - started);
    }
  }

  /** Makes room for another: a process without sessions that has nothing to do loses nothing. */
  private void endLongestIdle() {
    places.values().stream()
        .map(place -> place.child)
        .filter(child -> child != null && !child.hasEnded() && child.isIdle())
        .min(Comparator.comparingLong(child -> child == null ? 0 : child.usedAt()))
        .ifPresent(RunningChild::endNow);
  }

  private synchronized void startSweeping() {
    if (sweeper == null) {
      Duration every = options.idle().dividedBy(4);
      sweeper =
          Thread.ofVirtual()
              .start(() -> sweepEvery(every.compareTo(SWEEP_MAX) > 0 ? SWEEP_MAX : every));
    }
  }

  private void sweepEvery(Duration every) {
    try {
      while (!isClosed) {
        Thread.sleep(every);
        sweep();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Ends what nobody used for long. */
  void sweep() {
    alsoSwept.run();
    places.forEach(
        (name, place) -> {
          RunningChild child = place.child;
          if (child != null
              && now() - child.usedAt() > options.idle().toNanos()
              && child.isIdle()
              && place.lock.tryLock()) {
            try {
              places.remove(name, place);
              child.end();
            } finally {
              place.lock.unlock();
            }
          }
        });
  }

  /** Ends all, side by side, and waits for that. */
  @Override
  public void close() {
    isClosed = true;
    synchronized (this) {
      if (sweeper != null) {
        sweeper.interrupt();
      }
    }
    List<Thread> ends =
        running.stream().map(child -> Thread.ofPlatform().start(child::endNow)).toList();
    try {
      for (Thread end : ends) {
        end.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
