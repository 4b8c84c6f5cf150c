package io.mcpgovernor.config.file;

import io.mcpgovernor.pii.Sensitivity;
import java.util.List;

/**
 * What a configuration says of each tool, all patterns taken together. Immutable and thread-safe;
 * meant to be asked once for each tool, not for each call.
 */
public final class ToolChoices {
  private final GovernorConfig config;

  /** What a configuration says. */
  public ToolChoices(GovernorConfig config) {
    this.config = config;
  }

  /**
   * What is said of a tool. Its masking is what {@link GovernorConfig#tools} says, else {@link
   * MaskingConfig#tools}, else {@link MaskingConfig#level}; null if none says it.
   */
  public ToolConfig of(String server, String tool) {
    ToolConfig said = ToolConfig.NONE;
    for (ToolConfig next : ToolPattern.closestFirst(config.tools(), server, tool)) {
      said = said.or(next);
    }
    List<Sensitivity> levels = ToolPattern.closestFirst(config.masking().tools(), server, tool);
    return said.or(ToolConfig.masked(levels.isEmpty() ? config.masking().level() : levels.get(0)));
  }
}
