package io.mcpgovernor.policy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link Grants} up to date with their store: reads it at the start, and where others may
 * change it, looks ten times a second. Thread-safe.
 */
public final class GrantFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GrantFollower.class);
  private static final Duration CLOSING_TIMEOUT = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 100;

  private final Grants grants;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final @Nullable Thread thread;

  private GrantFollower(Grants grants) {
    this.grants = grants;
    this.thread = grants.isShared() ? new Thread(this::run, "governor-grants") : null;
  }

  /**
   * Reads the store, puts on record what waits for that, and goes on watching.
   *
   * @throws GrantStoreException if the store cannot be read
   */
  public static GrantFollower start(Grants grants) {
    grants.load();
    GrantFollower follower = new GrantFollower(grants);
    Thread thread = follower.thread;
    if (thread != null) {
      thread.setDaemon(true);
      thread.start();
    }
    return follower;
  }

  private void run() {
    try {
      while (!closing.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        watch();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      grants.watch();
    } catch (RuntimeException | Error e) { // whatever it is, the next look may go well
      LOG.error("The store of grants could not be followed: {}", e.toString());
    }
  }

  /** Stops watching. The store stays open. */
  @Override
  public void close() {
    closing.countDown();
    if (thread == null) {
      return;
    }
    try {
      // No interrupt: it could hit a file that is being written.
      thread.join(CLOSING_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
