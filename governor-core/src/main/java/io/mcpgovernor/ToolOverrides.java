package io.mcpgovernor;

import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.Sensitivity;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a tool, over what its program says; null where they say nothing.
 * Immutable.
 *
 * @param requiresPii whether it reads PII
 * @param tenantScoped whether it is bound to a tenant
 * @param userArgument the argument that must name the caller
 * @param timeout how long it may run
 * @param complexityBelow below which score its calls must stay, at least 1
 * @param sensitivity how its results are masked for callers
 * @param tags words for rules, added to those it has
 * @param tables tables it reads, added to those it has
 */
public record ToolOverrides(
    @Nullable Boolean requiresPii,
    @Nullable Boolean tenantScoped,
    @Nullable String userArgument,
    @Nullable Duration timeout,
    @Nullable Integer complexityBelow,
    @Nullable Sensitivity sensitivity,
    Set<String> tags,
    Set<String> tables) {

  /** Nothing is said. */
  public static final ToolOverrides NONE =
      new ToolOverrides(null, null, null, null, null, null, Set.of(), Set.of());

  /** Copies the sets. */
  public ToolOverrides {
    if (complexityBelow != null && complexityBelow < 1) {
      throw new IllegalArgumentException("the maximum score must be at least 1");
    }
    tags = Set.copyOf(tags);
    tables = Set.copyOf(tables);
  }

  /** The tool as it is governed. */
  Tool of(Tool tool) {
    if (equals(NONE)) {
      return tool;
    }
    return tool.toBuilder()
        .requiresPii(requiresPii != null ? requiresPii : tool.requiresPii())
        .tenantScoped(tenantScoped != null ? tenantScoped : tool.tenantScoped())
        .userArgument(userArgument != null ? userArgument : tool.userArgument())
        .timeout(timeout != null ? timeout : tool.timeout())
        .complexityBelow(complexityBelow != null ? complexityBelow : tool.complexityBelow())
        .tags(both(tags, tool.tags()))
        .tables(both(tables, tool.tables()))
        .build();
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }
}
