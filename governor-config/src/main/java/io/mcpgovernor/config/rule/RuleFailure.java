package io.mcpgovernor.config.rule;

/**
 * A condition cannot be worked out for a call. The message names fields and places of the rule,
 * never a value of the call.
 */
final class RuleFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  RuleFailure(String message) {
    // Callers can cause these at will, and nobody reads their stacks.
    super(message, null, false, false);
  }
}
