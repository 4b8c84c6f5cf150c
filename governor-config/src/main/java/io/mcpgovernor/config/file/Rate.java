package io.mcpgovernor.config.file;

import java.time.Duration;

/**
 * So many calls in any window.
 *
 * @param calls at least 1
 * @param window from a millisecond to a day
 */
public record Rate(int calls, Duration window) {}
