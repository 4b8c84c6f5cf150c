package io.mcpgovernor.config.rule;

import io.mcpgovernor.policy.Rule;
import java.util.List;

/**
 * A rule as it stands in a file. Immutable.
 *
 * @param name as {@link Rule#NAME} has it
 * @param origin where it is written, {@code file:line:column}; empty if nowhere
 * @param when its condition in CEL; blank holds always
 * @param tools globs over names of tools, with the server and a dot before them or without, in
 *     which {@code *} stands for any text and {@code ?} for one character; none means all tools
 * @param on whether it is about calls or results
 * @param mode whether its effect counts
 * @param effect what it does where its condition holds
 */
public record RuleText(
    String name,
    String origin,
    String when,
    List<String> tools,
    Rule.Moment on,
    Rule.Mode mode,
    EffectText effect) {

  /** Copies the list. */
  public RuleText {
    tools = List.copyOf(tools);
  }
}
