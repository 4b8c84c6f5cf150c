package io.mcpgovernor;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.Sensitivity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tools that may be called at all. Thread-safe; each change of a tool counts at once, for the
 * next call. It grows by what its host does only, never by what callers ask for.
 */
public final class ToolCatalogue {
  /** What a tool is found by. */
  record Name(String server, String tool) {}

  /**
   * A registered tool, as its program declares it.
   *
   * @param sensitivity how its results are masked for callers, unless its operator says otherwise
   */
  record Registered(Name name, Tool tool, Sensitivity sensitivity) {}

  /**
   * A name that is taken.
   *
   * @param registered what it stands for; null if nothing was ever registered under it
   * @param quarantined whether it must not be called
   */
  private record Entry(@Nullable Registered registered, boolean quarantined) {}

  private final Map<Name, Entry> entries = new ConcurrentHashMap<>();

  ToolCatalogue() {}

  /**
   * Makes a tool known. One in quarantine stays there.
   *
   * @param sensitivity how its results are masked for callers; records are always masked strictly
   * @throws IllegalArgumentException if the server has a tool of this name with another definition
   */
  public void register(Tool tool, Sensitivity sensitivity) {
    Registered added = registered(tool, sensitivity);
    entries.merge(
        added.name,
        new Entry(added, false),
        (old, entry) -> {
          if (old.registered != null && !old.registered.tool.pin().equals(tool.pin())) {
            throw new IllegalArgumentException(
                "the server " + tool.server() + " already has another tool named " + tool.name());
          }
          return new Entry(added, old.quarantined);
        });
  }

  /**
   * Makes a tool known in the place of whatever has its name, and ends its quarantine: its
   * definition has changed and somebody has approved it.
   *
   * @param sensitivity how its results are masked for callers; records are always masked strictly
   */
  public void replace(Tool tool, Sensitivity sensitivity) {
    Registered added = registered(tool, sensitivity);
    entries.put(added.name, new Entry(added, false));
  }

  /**
   * Puts a tool into quarantine, whether it is registered or not: to callers it is one that does
   * not exist, until it is {@linkplain #replace replaced}. Calls that run go on.
   */
  public void quarantine(String server, String tool) {
    entries.compute(
        new Name(server, tool),
        (name, old) -> new Entry(old == null ? null : old.registered, true));
  }

  /** Forgets a tool, and its quarantine. Calls that run go on. */
  public void remove(String server, String tool) {
    entries.remove(new Name(server, tool));
  }

  private static Registered registered(Tool tool, Sensitivity sensitivity) {
    return new Registered(new Name(tool.server(), tool.name()), tool, sensitivity);
  }

  /** A tool that may be called; null if there is none, or it is in quarantine. */
  @Nullable Registered find(String server, String tool) {
    return find(new Name(server, tool));
  }

  @Nullable Registered find(Name name) {
    Entry entry = entries.get(name);
    return entry == null || entry.quarantined ? null : entry.registered;
  }

  /** Whether a tool is in quarantine. */
  boolean isQuarantined(String server, String tool) {
    Entry entry = entries.get(new Name(server, tool));
    return entry != null && entry.quarantined;
  }

  /** How many names are taken. */
  int size() {
    return entries.size();
  }
}
