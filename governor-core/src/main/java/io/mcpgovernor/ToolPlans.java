package io.mcpgovernor;

import io.mcpgovernor.ToolCatalogue.Registered;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.ColumnRules;
import io.mcpgovernor.pii.Columns;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.pii.StrictPlaces;
import io.mcpgovernor.policy.RuleBook;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How the tools of a catalogue are governed under one version of the settings; worked out for a
 * tool when it is first called, and again when it was replaced. About as large as the catalogue.
 * Thread-safe.
 */
final class ToolPlans {
  /**
   * How a tool is governed.
   *
   * @param tool as its operator sees it
   * @param sensitivity how its results are masked for callers
   * @param columns which fields are masked whatever they hold, for callers and on record
   * @param strict which places are masked strictly for callers whatever the sensitivity
   * @param rules the rules about it
   */
  record Plan(
      Registered of,
      Tool tool,
      Sensitivity sensitivity,
      Columns columns,
      StrictPlaces strict,
      RuleBook.ForTool rules) {}

  /** So many plans more than twice the tools, and those of tools that are gone are dropped. */
  private static final int SLACK = 16;

  private final ToolCatalogue catalogue;
  private final ToolSettings settings;
  private final ColumnRules columnRules;
  private final Map<String, StrictPlaces> strict;
  private final RuleBook ruleBook;
  private final Map<ToolCatalogue.Name, Plan> plans = new ConcurrentHashMap<>();

  ToolPlans(
      ToolCatalogue catalogue,
      ToolSettings settings,
      ColumnRules columnRules,
      Map<String, StrictPlaces> strict,
      RuleBook ruleBook) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.columnRules = columnRules;
    this.strict = strict;
    this.ruleBook = ruleBook;
  }

  /** How a tool is governed, or null if it may not be called at all. */
  @Nullable Plan find(String server, String tool) {
    Registered registered = catalogue.find(server, tool);
    if (registered == null) {
      return null;
    }
    Plan plan = plans.get(registered.name());
    if (plan == null || !plan.of.equals(registered)) {
      plan = plan(registered);
      plans.put(registered.name(), plan);
      if (plans.size() > 2 * catalogue.size() + SLACK) {
        plans.keySet().removeIf(name -> catalogue.find(name) == null); // tools come and go
      }
    }
    return plan;
  }

  /** Whether a tool cannot be found because it is in quarantine. */
  boolean isQuarantined(String server, String tool) {
    return catalogue.isQuarantined(server, tool);
  }

  /** How many plans are kept. */
  int size() {
    return plans.size();
  }

  /** Which fields of a call are masked on record of which nobody knows whose they are. */
  Columns columnsOfUnknownTools() {
    return columnRules.forUnknownTool();
  }

  private Plan plan(Registered registered) {
    Tool given = registered.tool();
    ToolOverrides overrides = settings.of(given.server(), given.name());
    Tool tool = overrides.of(given);
    Sensitivity level = overrides.sensitivity();
    return new Plan(
        registered,
        tool,
        level != null ? level : registered.sensitivity(),
        columnRules.forTool(tool.server(), tool.name(), tool.tables()),
        strict.getOrDefault(tool.name(), StrictPlaces.NONE),
        ruleBook.of(tool));
  }
}
