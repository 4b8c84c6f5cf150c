package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.gateway.catalogue.PinnedTool.Definition;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the pins of one server come to once it has listed tools, and what of that is to be put on
 * record. Used once.
 */
final class PinUpdate {
  private static final Logger LOG = LoggerFactory.getLogger(PinUpdate.class);

  /** Twice as many as a server may list, as those that are gone are kept. */
  private static final int TOOLS_MAX = 20_000;

  /** The definitions of one server; the file holds several. */
  private static final long BYTES_MAX = 24 << 20;

  private final String server;
  private final Collection<ListedTool> listed;
  private final boolean pinsNew;
  private final Instant now;
  private final Map<String, String> pinned = new LinkedHashMap<>();
  private final Map<String, String> quarantined = new LinkedHashMap<>();
  private final Map<String, String> restored = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> approved = new TreeMap<>();
  private long bytes;
  private int leftOut;

  PinUpdate(String server, Collection<ListedTool> listed, boolean pinsNew, Instant now) {
    this.server = server;
    this.listed = listed;
    this.pinsNew = pinsNew;
    this.now = now;
  }

  /** Changes the tools of the file; says whether anything is changed. */
  boolean apply(SortedMap<String, SortedMap<String, PinnedTool>> servers) {
    SortedMap<String, PinnedTool> tools =
        new TreeMap<>(servers.getOrDefault(server, new TreeMap<>()));
    tools.replaceAll((name, tool) -> recorded(tool));
    bytes = tools.values().stream().mapToLong(PinUpdate::bytes).sum();
    for (ListedTool tool : listed) {
      PinnedTool before = tools.get(tool.name());
      PinnedTool after = after(before, tool);
      if (!after.equals(before)) {
        long more = bytes(after) - (before == null ? 0 : bytes(before));
        boolean hasRoom = before != null || tools.size() < TOOLS_MAX;
        if (!hasRoom || (more > 0 && bytes + more > BYTES_MAX)) {
          leftOut++;
          continue;
        }
        bytes += more;
        tools.put(tool.name(), after);
        note(before, after);
      }
    }
    if (leftOut > 0) {
      LOG.warn(
          "{} tools of server {} are not pinned, and cannot be called: the file of pins holds as"
              + " much of one server as it may; take out of it what the server no longer has",
          leftOut,
          server);
    }
    servers.put(server, tools);
    return !isEmpty();
  }

  private PinnedTool recorded(PinnedTool tool) {
    Definition definition = tool.pinned();
    if (tool.recorded() || definition == null) {
      return tool;
    }
    approved
        .computeIfAbsent(definition.by(), by -> new LinkedHashMap<>())
        .put(tool.name(), definition.pin());
    return new PinnedTool(server, tool.name(), definition, tool.waiting(), true);
  }

  private PinnedTool after(@Nullable PinnedTool before, ListedTool tool) {
    Definition here = new Definition(tool.pin(), now, PinnedTool.FIRST_SEEN, tool.definition());
    if (before == null) {
      return pinsNew
          ? new PinnedTool(server, tool.name(), here, null, true)
          : new PinnedTool(server, tool.name(), null, here, true);
    }
    if (before.pinned() != null && before.pinned().pin().equals(tool.pin())) {
      return before.waiting() == null
          ? before
          : new PinnedTool(server, tool.name(), before.pinned(), null, before.recorded());
    }
    return before.waiting() != null && before.waiting().pin().equals(tool.pin())
        ? before
        : new PinnedTool(server, tool.name(), before.pinned(), here, before.recorded());
  }

  private void note(@Nullable PinnedTool before, PinnedTool after) {
    Definition waiting = after.waiting();
    Definition definition = after.pinned();
    if (waiting != null) {
      quarantined.put(after.name(), waiting.pin());
    } else if (definition != null) {
      (before == null ? pinned : restored).put(after.name(), definition.pin());
    }
  }

  private static long bytes(PinnedTool tool) {
    return bytes(tool.pinned()) + bytes(tool.waiting());
  }

  private static long bytes(@Nullable Definition definition) {
    return definition == null ? 0 : definition.json().utf8().length;
  }

  private boolean isEmpty() {
    return pinned.isEmpty() && quarantined.isEmpty() && restored.isEmpty() && approved.isEmpty();
  }

  String server() {
    return server;
  }

  /** The pins of tools that were never seen and may be called. */
  Map<String, String> pinned() {
    return pinned;
  }

  /** The pins that wait, of tools that changed, or are new. */
  Map<String, String> quarantined() {
    return quarantined;
  }

  /** The pins of tools that are again as they were approved. */
  Map<String, String> restored() {
    return restored;
  }

  /** The pins of tools that were approved and are not on record yet, by who approved them. */
  Map<String, Map<String, String>> approved() {
    return approved;
  }

  boolean hasApproved(String tool) {
    return approved.values().stream().anyMatch(pins -> pins.containsKey(tool));
  }
}
