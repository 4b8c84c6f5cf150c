package io.mcpgovernor;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.Sensitivity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tools that may be called at all. Thread-safe. It grows by registration only, never by what
 * callers ask for.
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

  private final Map<Name, Registered> entries = new ConcurrentHashMap<>();

  ToolCatalogue() {}

  /**
   * Makes a tool known.
   *
   * @param sensitivity how its results are masked for callers; records are always masked strictly
   * @throws IllegalArgumentException if the server has a tool of this name with another definition
   */
  public void register(Tool tool, Sensitivity sensitivity) {
    Name name = new Name(tool.server(), tool.name());
    entries.merge(
        name,
        new Registered(name, tool, sensitivity),
        (old, added) -> {
          if (!old.tool.pin().equals(added.tool.pin())) {
            throw new IllegalArgumentException(
                "the server " + tool.server() + " already has another tool named " + tool.name());
          }
          return added;
        });
  }

  @Nullable Registered find(String server, String tool) {
    return entries.get(new Name(server, tool));
  }
}
