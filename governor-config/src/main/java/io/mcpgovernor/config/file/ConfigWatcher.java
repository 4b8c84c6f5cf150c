package io.mcpgovernor.config.file;

import io.mcpgovernor.ConfigProvider;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what a configuration file, or a file with one of its secrets, says now: all of it or
 * nothing. A file that is wrong, gone or refused leaves what runs as it is, and the log says so
 * once.
 *
 * <p>It looks every second, at what files hold: notifications of file systems miss what a link
 * leads to, which is how Kubernetes changes a configuration. A change counts when two looks in a
 * row have seen it, so that a file is not taken over while it is being written; renaming a finished
 * file into its place is surer still.
 *
 * <p>Thread-safe; takes over one change at a time.
 */
public final class ConfigWatcher implements ConfigProvider.Following {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigWatcher.class);
  private static final long INTERVAL_MILLIS = 1_000;
  private static final long CLOSING_MILLIS = 5_000;

  private final Path path;
  private final Consumer<ConfigFile> takeOver;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  // Guarded by this, like all looks.
  private volatile ConfigFile running; // read by anybody
  private @Nullable Fingerprint seen;
  private @Nullable Fingerprint refused;
  private @Nullable String said;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private volatile String problem = "";

  private ConfigWatcher(ConfigFile running, Consumer<ConfigFile> takeOver) {
    this.path = running.path();
    this.running = running;
    this.takeOver = takeOver;
    this.thread = new Thread(this::lookAgainAndAgain, "governor-config");
    thread.setDaemon(true);
  }

  /**
   * Watches a file.
   *
   * @param running what was read and runs
   * @param takeOver makes a new one run, on the watcher's thread or that of {@link #reload}; what
   *     it throws leaves the old one running
   */
  public static ConfigWatcher start(ConfigFile running, Consumer<ConfigFile> takeOver) {
    ConfigWatcher watcher = idle(running, takeOver);
    watcher.thread.start();
    return watcher;
  }

  /** One that looks when it is told to only. */
  static ConfigWatcher idle(ConfigFile running, Consumer<ConfigFile> takeOver) {
    return new ConfigWatcher(running, takeOver);
  }

  /** What runs now. */
  public ConfigFile running() {
    return running;
  }

  /** How many changes were taken over. */
  public long taken() {
    return taken.get();
  }

  /** How many changes were not taken over, because something was wrong with them. */
  public long refused() {
    return refusals.get();
  }

  /** What is wrong with the file, as it was when it was looked at last; empty if nothing is. */
  public String problem() {
    return problem;
  }

  /**
   * Takes over the file now, changed or not, as when somebody asked for it.
   *
   * @throws ConfigException if anything is wrong with it; what ran goes on
   * @throws RuntimeException if it could not be made to run; what ran goes on
   */
  public synchronized void reload() {
    try {
      run(ConfigFile.read(path));
    } catch (RuntimeException e) {
      refuse(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void lookAgainAndAgain() {
    try {
      while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody but the process's end does that
    }
  }

  /** Looks once. */
  synchronized void look() {
    Fingerprint now = Fingerprint.of(running.fingerprint().hashes().keySet());
    if (now.equals(running.fingerprint())) {
      seen = null;
      refused = null;
      said = null; // should it be broken in the same way again, that is news
      problem = "";
      return;
    }
    if (now.equals(refused)) {
      return;
    }
    if (!now.equals(seen)) {
      seen = now;
      return;
    }
    if (!now.has(path)) {
      say(path + " is gone; what was read from it goes on");
      return;
    }
    ConfigFile read;
    try {
      read = ConfigFile.read(path);
    } catch (ConfigException e) {
      // Looked at again and again: it may lack nothing but a secret that is still to come.
      say(path + " is wrong, so what was read before goes on:\n" + e.getMessage());
      return;
    }
    if (!read.fingerprint().isSame(path, now)) {
      return; // it changed again meanwhile: the next look sees
    }
    try {
      run(read);
    } catch (RuntimeException e) {
      refused = now;
      refuse(String.valueOf(e.getMessage()));
      LOG.error("{} could not be taken over, so what was read before goes on", path, e);
    }
  }

  private void say(String message) {
    if (!message.equals(said)) {
      said = message;
      refuse(message);
      LOG.error("{}", message);
    }
  }

  private void refuse(String why) {
    refusals.incrementAndGet();
    problem = why;
  }

  private void run(ConfigFile read) {
    takeOver.accept(read);
    LOG.info(
        "{} taken over: policy version {} instead of {}",
        path,
        read.policyVersion(),
        running.policyVersion());
    running = read;
    seen = null;
    refused = null;
    said = null;
    taken.incrementAndGet();
    problem = "";
  }

  /** Stops looking; what is being taken over is waited for, for some seconds at most. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread != Thread.currentThread()) {
        thread.join(CLOSING_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
