package io.mcpgovernor;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.ColumnRules;
import io.mcpgovernor.pii.Columns;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.pii.StrictPlaces;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tools that may be called at all, and how their results are masked. Thread-safe. It grows by
 * registration only, never by what callers ask for.
 */
public final class ToolCatalogue {
  private record Name(String server, String tool) {}

  /**
   * A registered tool.
   *
   * @param sensitivity how its results are masked for callers
   * @param columns which fields are masked whatever they hold, for callers and on record
   * @param strict which places are masked strictly for callers whatever the sensitivity
   */
  record Entry(Tool tool, Sensitivity sensitivity, Columns columns, StrictPlaces strict) {}

  private final Map<Name, Entry> entries = new ConcurrentHashMap<>();

  private final ColumnRules columnRules;
  private final Map<String, StrictPlaces> strict;

  ToolCatalogue(ColumnRules columnRules, Map<String, StrictPlaces> strict) {
    this.columnRules = columnRules;
    this.strict = strict;
  }

  /**
   * Makes a tool known.
   *
   * @param sensitivity how its results are masked for callers; records are always masked strictly
   * @throws IllegalArgumentException if the server has a tool of this name with another definition
   */
  public void register(Tool tool, Sensitivity sensitivity) {
    Columns columns = columnRules.forTool(tool.server(), tool.name(), tool.tables());
    entries.merge(
        new Name(tool.server(), tool.name()),
        new Entry(tool, sensitivity, columns, strict.getOrDefault(tool.name(), StrictPlaces.NONE)),
        (old, added) -> {
          if (!old.tool.pin().equals(added.tool.pin())) {
            throw new IllegalArgumentException(
                "the server " + tool.server() + " already has another tool named " + tool.name());
          }
          return added;
        });
  }

  /** Which fields of a call are masked on record of which nobody knows whose they are. */
  Columns columnsOfUnknownTools() {
    return columnRules.forUnknownTool();
  }

  @Nullable Entry find(String server, String tool) {
    return entries.get(new Name(server, tool));
  }
}
