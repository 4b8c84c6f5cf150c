package io.mcpgovernor.pii;

/**
 * A place where PII stands, in bytes of what was scanned.
 *
 * @param from where it begins
 * @param to where it ends, exclusive
 * @param kind what it is
 */
public record Finding(int from, int to, Kind kind) {}
