package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.gateway.catalogue.PinnedTool.Pin;
import io.mcpgovernor.gateway.disk.SharedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of tools that were seen first or approved, and those that wait for approval, kept
 * in a file. Thread-safe; several processes may use the file.
 *
 * <p>What others change in the file is seen within a second. A file that is damaged or gone while
 * it is used leaves things as they are, but no tool can become callable any more that was not.
 */
public final class Pins implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
  private static final long LOOK_MILLIS = 500;
  private static final long CLOSING_MILLIS = 5_000;

  private final PinFile file;
  private final TimeSource time;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;
  private SharedFile.@Nullable Stamp stamp;
  private volatile Map<String, Map<String, Pin>> pins = Map.of();
  private volatile String saidOfUpdates = "";
  private volatile String saidOfLooks = "";

  private Pins(PinFile file, TimeSource time) {
    this.file = file;
    this.time = time;
  }

  /**
   * Opens the file, or starts it, with its directory.
   *
   * @throws PinException if it can be neither read nor started
   */
  public static Pins open(Path file) {
    return open(file, TimeSource.SYSTEM);
  }

  static Pins open(Path file, TimeSource time) {
    PinFile pinFile = new PinFile(file);
    if (pinFile.create()) {
      LOG.info("There were no pins yet in {}, so every tool is new", file);
    }
    return read(pinFile, time);
  }

  /**
   * Opens a file that must be there.
   *
   * @throws PinException if it cannot be read
   */
  public static Pins existing(Path file) {
    return read(new PinFile(file), TimeSource.SYSTEM);
  }

  private static Pins read(PinFile file, TimeSource time) {
    Pins pins = new Pins(file, time);
    pins.stamp = file.stamp();
    pins.pins = withoutDefinitions(file.read());
    return pins;
  }

  /**
   * All tools with their definitions, by server and name, read anew.
   *
   * @throws PinException if the file cannot be read
   */
  public List<PinnedTool> list() {
    List<PinnedTool> all = new ArrayList<>();
    file.read().values().forEach(tools -> all.addAll(tools.values()));
    return all;
  }

  /**
   * Lets definitions in that wait. They count once a gateway that uses the file has put the
   * approval on record, within a second.
   *
   * @param which those of the tools in quarantine that are approved, as they are at this moment
   * @param by who approves
   * @return what they were before
   * @throws PinException if the file cannot be read or written
   */
  public List<PinnedTool> approve(Predicate<PinnedTool> which, String by) {
    List<PinnedTool> approved = new ArrayList<>();
    file.change(
        servers -> {
          for (SortedMap<String, PinnedTool> tools : servers.values()) {
            tools.replaceAll(
                (name, tool) -> {
                  if (tool.waiting() == null || !which.test(tool)) {
                    return tool;
                  }
                  approved.add(tool);
                  return new PinnedTool(
                      tool.server(),
                      name,
                      new PinnedTool.Definition(
                          tool.waiting().pin(), time.now(), by, tool.waiting().json()),
                      null,
                      false);
                });
          }
          return !approved.isEmpty();
        });
    return approved;
  }

  /** How many tools of a server are in quarantine. */
  public int quarantined(String server) {
    return Math.toIntExact(
        of(server).values().stream()
            .filter(pin -> !pin.waiting().isEmpty() || pin.pinned().isEmpty() || !pin.recorded())
            .count());
  }

  /** What is known of a server's tools, without their definitions. Immutable. */
  Map<String, Pin> of(String server) {
    return pins.getOrDefault(server, Map.of());
  }

  /**
   * Puts into the file what a server lists, as far as that is news, and on record what must be.
   *
   * @param listed what the server lists, or some of it
   * @param pinsNew whether a tool that was never seen is pinned; else it waits for approval
   * @return what was done; null if it could not be, and the log says why
   */
  @Nullable PinUpdate update(
      String server, Collection<ListedTool> listed, boolean pinsNew, PinRecords records) {
    try {
      PinUpdate update = new PinUpdate(server, listed, pinsNew, time.now());
      synchronized (this) {
        var tools =
            file.change(
                servers -> {
                  boolean changes = update.apply(servers);
                  records.put(update); // before it counts
                  return changes;
                });
        pins = withoutDefinitions(tools);
      }
      saidOfUpdates = "";
      return update;
    } catch (PinException | IllegalStateException e) {
      String problem = "The tools of server " + server + " cannot be pinned: " + e.getMessage();
      if (!problem.equals(saidOfUpdates)) {
        saidOfUpdates = problem;
        LOG.error("{}", problem);
      }
      return null;
    }
  }

  /** Has something done each time the file was changed by others. */
  synchronized void follow(Runnable follower) {
    followers.add(follower);
    if (thread == null && closed.getCount() > 0) {
      thread = Thread.ofVirtual().name("governor-pins").start(this::lookAgainAndAgain);
    }
  }

  void unfollow(Runnable follower) {
    followers.remove(follower);
  }

  private void lookAgainAndAgain() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      refresh();
      saidOfLooks = "";
      // Also if nothing changed: what could not be put on record the last time may be now.
      followers.forEach(Runnable::run);
    } catch (PinException e) {
      String problem = e.getMessage() + "; until then, tools stay as they are";
      if (!problem.equals(saidOfLooks)) {
        saidOfLooks = problem;
        LOG.error("{}", problem);
      }
    } catch (RuntimeException | Error e) { // whatever it is, the next look may go well
      LOG.error("The pins could not be followed", e);
    }
  }

  private synchronized void refresh() {
    SharedFile.Stamp now = file.stamp();
    if (now == null || !now.equals(stamp)) {
      pins = withoutDefinitions(file.read());
      stamp = now;
    }
  }

  private static Map<String, Map<String, Pin>> withoutDefinitions(
      Map<String, ? extends Map<String, PinnedTool>> servers) {
    Map<String, Map<String, Pin>> all = new HashMap<>();
    servers.forEach(
        (server, tools) -> {
          Map<String, Pin> pins = new HashMap<>();
          tools.forEach((name, tool) -> pins.put(name, tool.pin()));
          all.put(server, pins);
        });
    return all;
  }

  /** Stops looking at the file. */
  @Override
  public void close() {
    closed.countDown();
    Thread looking;
    synchronized (this) {
      looking = thread;
    }
    if (looking == null) {
      return;
    }
    try {
      // No interrupt: it would close a file that is being written.
      looking.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
