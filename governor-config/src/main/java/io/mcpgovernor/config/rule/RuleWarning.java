package io.mcpgovernor.config.rule;

/**
 * Something about a rule that is allowed and most likely a mistake.
 *
 * @param rule the rule's name, or empty where it is about none
 * @param origin where the rule is written, or empty
 * @param text one sentence
 */
public record RuleWarning(String rule, String origin, String text) {}
