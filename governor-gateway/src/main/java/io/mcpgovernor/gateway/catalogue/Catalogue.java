package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.config.ResultSchema;
import io.mcpgovernor.config.file.GovernorConfig.NewTools;
import io.mcpgovernor.gateway.catalogue.PinnedTool.Pin;
import io.mcpgovernor.pii.Sensitivity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools of one server, as it listed them and as they are pinned. What it admits is registered
 * with the governor, and only what is registered can be called. Thread-safe.
 *
 * <p>A tool is admitted while its definition is the one that is pinned. Any other definition under
 * its name is in quarantine from the moment it is seen: to callers there is no such tool. What
 * {@code governor tools approve} approves is admitted within a second, and so is what becomes again
 * as it was pinned. No tool is admitted whose pin could not be put on record and into the file.
 */
public final class Catalogue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

  /** More than any server has, and few enough to be kept. */
  static final int TOOLS_MAX = 10_000;

  /** What the definitions of a server may take, in bytes. */
  static final long BYTES_MAX = 24 << 20;

  private final String server;
  private final Governor governor;
  private final Pins pins;
  private final Supplier<NewTools> newTools;
  private final PinRecords records;
  private final LeftOut leftOut;
  private final NewsBudget budget = new NewsBudget(TimeSource.SYSTEM);
  private final Runnable follower = this::follow;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  // Guarded by this.
  private Map<String, Pin> known;
  private long bytes;
  private boolean isBehind; // there is news that could not be taken down
  private boolean isClosed;

  /**
   * A tool that the server lists.
   *
   * @param admitted whether it may be called
   */
  private record Entry(ListedTool tool, boolean admitted) {}

  /**
   * The catalogue of a server, empty. A tool that was never seen is pinned.
   *
   * @param pins what was seen and approved before, of all servers
   */
  public Catalogue(String server, Governor governor, Pins pins) {
    this(server, governor, pins, () -> NewTools.PIN);
  }

  /**
   * The catalogue of a server, empty.
   *
   * @param pins what was seen and approved before, of all servers
   * @param newTools what becomes of tools that were never seen; asked each time
   */
  @SuppressWarnings("this-escape") // the follower sees whatever is there
  public Catalogue(String server, Governor governor, Pins pins, Supplier<NewTools> newTools) {
    this.server = server;
    this.governor = governor;
    this.pins = pins;
    this.newTools = newTools;
    this.records = new PinRecords(governor);
    this.leftOut = new LeftOut(server);
    this.known = pins.of(server);
    pins.follow(follower);
  }

  /** The server's name. */
  public String server() {
    return server;
  }

  /**
   * Takes a page of a {@code tools/list} of the server: new tools are pinned, those that are as
   * pinned registered, changed ones quarantined.
   *
   * @param tools definitions as the server wrote them; what is no definition, or cannot be used, is
   *     left out
   * @return those that may be shown and called, if the principal may, as they came and in their
   *     order
   */
  public List<Json> admit(List<Json> tools) {
    return admit(tools, false);
  }

  /**
   * Takes all that a server listed, of every page: what is no longer there can no longer be called.
   */
  public void admitAll(List<Json> tools) {
    admit(tools, true);
  }

  private synchronized List<Json> admit(List<Json> tools, boolean areAll) {
    if (isClosed) {
      return List.of();
    }
    Map<ListedTool, Json> asTheyCame = new LinkedHashMap<>();
    Map<String, ListedTool> listed = new LinkedHashMap<>();
    for (Json definition : tools) {
      ListedTool tool = read(definition, listed.keySet());
      if (tool != null) {
        listed.put(tool.name(), tool);
        asTheyCame.put(tool, definition);
      }
    }
    if (areAll) {
      List.copyOf(entries.keySet()).stream()
          .filter(name -> !listed.containsKey(name))
          .forEach(this::forget);
    }
    listed.values().removeIf(tool -> !isKept(tool));
    listed.keySet().forEach(this::settle); // what changed is in quarantine before anything else
    takeDown(listed.values().stream().filter(this::isNews).toList());
    asTheyCame.keySet().removeIf(tool -> !isAdmitted(tool));
    return List.copyOf(asTheyCame.values());
  }

  /** A definition that can be used; null for others. */
  private @Nullable ListedTool read(Json definition, Set<String> before) {
    try {
      Object name = definition.object().get("name");
      Entry entry = name instanceof String text ? entries.get(text) : null;
      ListedTool tool =
          entry != null && entry.tool.isWrittenLike(definition)
              ? entry.tool
              : ListedTool.of(server, definition);
      if (!before.contains(tool.name())) {
        return tool;
      }
      leftOut.say(tool.name(), "another tool of the list has its name");
    } catch (IllegalArgumentException | MalformedJsonException e) {
      leftOut.say(definition, String.valueOf(e.getMessage()));
    }
    return null;
  }

  /** Keeps a tool, if there is room. */
  private boolean isKept(ListedTool tool) {
    Entry old = entries.get(tool.name());
    long more = (long) tool.bytes() - (old == null ? 0 : old.tool.bytes());
    if ((old == null && entries.size() >= TOOLS_MAX) || (more > 0 && bytes + more > BYTES_MAX)) {
      leftOut.say(tool.name(), "the server has more tools than can be kept");
      forget(tool.name()); // what is kept of it is no longer so
      return false;
    }
    bytes += more;
    entries.put(tool.name(), new Entry(tool, old != null && old.tool == tool && old.admitted));
    return true;
  }

  /** Lets a tool in, or into quarantine, as its pin says. */
  private void settle(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return;
    }
    Pin pin = known.get(name);
    boolean isAdmitted = pin != null && pin.admits(entry.tool.pin());
    if (!isAdmitted) {
      governor.tools().quarantine(server, name);
    } else if (!entry.admitted) {
      governor.tools().replace(entry.tool.tool(), Sensitivity.STANDARD);
    }
    entries.put(name, new Entry(entry.tool, isAdmitted));
  }

  /** Puts news of the server into the file of pins, now or, if that fails, again and again. */
  private void takeDown(List<ListedTool> news) {
    if (news.isEmpty()) {
      return;
    }
    isBehind =
        !budget.take()
            || !takeOver(pins.update(server, news, newTools.get() == NewTools.PIN, records));
  }

  /** Whether the file of pins says something else of a tool than the server. */
  private boolean isNews(ListedTool tool) {
    Pin pin = known.get(tool.name());
    return pin == null
        || !pin.recorded()
        || !tool.pin().equals(pin.waiting().isEmpty() ? pin.pinned() : pin.waiting());
  }

  private boolean isAdmitted(ListedTool tool) {
    Entry entry = entries.get(tool.name());
    return entry != null && entry.admitted && entry.tool == tool;
  }

  /** Looks whether others changed the pins, and takes that over. */
  private synchronized void follow() {
    Map<String, Pin> now = pins.of(server);
    if (isClosed) {
      return;
    }
    if (now.values().stream().anyMatch(pin -> !pin.recorded())) {
      takeOver(pins.update(server, List.of(), false, records));
    } else if (!now.equals(known)) {
      takeOver(new PinUpdate(server, List.of(), false, Instant.EPOCH));
    }
    if (isBehind) {
      isBehind = false;
      takeDown(entries.values().stream().map(Entry::tool).filter(this::isNews).toList());
    }
  }

  /**
   * Goes by what the pins say now. An approval that another gateway has put on record goes on ours
   * as well, before it counts.
   *
   * @param done what was just put on record; null if that failed, and then nothing is taken over
   * @return whether it was taken over
   */
  private boolean takeOver(@Nullable PinUpdate done) {
    if (done == null) {
      return false;
    }
    Map<String, Pin> now = pins.of(server);
    Map<String, Map<String, String>> approvedElsewhere = new TreeMap<>();
    now.forEach(
        (name, pin) -> {
          Pin before = known.get(name);
          if (before != null
              && !before.pinned().equals(pin.pinned())
              && !pin.by().equals(PinnedTool.FIRST_SEEN)
              && !done.hasApproved(name)) {
            approvedElsewhere
                .computeIfAbsent(pin.by(), by -> new TreeMap<>())
                .put(name, pin.pinned());
          }
        });
    try {
      approvedElsewhere.forEach((by, approved) -> records.approved(server, approved, by));
    } catch (IllegalStateException e) {
      LOG.error("Approvals for server {} do not count yet: {}", server, e.getMessage());
      return false;
    }
    known = now;
    entries.keySet().forEach(this::settle);
    return true;
  }

  private void forget(String name) {
    Entry entry = entries.remove(name);
    if (entry != null) {
      bytes -= entry.tool.bytes();
      governor.tools().remove(server, name);
    }
  }

  /** Whether a tool of this name is admitted, or is known and in quarantine. */
  public boolean knows(String tool) {
    return entries.containsKey(tool);
  }

  /** The definition of an admitted tool; null if there is none. */
  public @Nullable Json definition(String tool) {
    Entry entry = entries.get(tool);
    return entry == null || !entry.admitted ? null : entry.tool.definition();
  }

  /** What the output schema of a tool says of its results; nothing of one that is not known. */
  public ResultSchema results(String tool) {
    Entry entry = entries.get(tool);
    return entry == null ? ResultSchema.NONE : entry.tool.results();
  }

  /** Its tools can no longer be called. */
  @Override
  public synchronized void close() {
    isClosed = true;
    pins.unfollow(follower);
    List.copyOf(entries.keySet()).forEach(this::forget);
  }
}
