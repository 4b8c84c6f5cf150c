package io.mcpgovernor.config.check;

/**
 * How far tests reach a rule.
 *
 * @param rule its name
 * @param origin where it is written, {@code file:line:column}
 * @param isAsked whether tests of calls can reach it at all: not if it is off or about results
 * @param matches in how many tests its condition held
 */
public record RuleCoverage(String rule, String origin, boolean isAsked, int matches) {}
