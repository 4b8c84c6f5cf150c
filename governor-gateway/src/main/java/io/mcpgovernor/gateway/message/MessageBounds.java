package io.mcpgovernor.gateway.message;

/**
 * How large messages may be.
 *
 * @param bytesMax of one message, at least 1
 * @param depthMax levels of nesting, 1 to 256
 */
public record MessageBounds(int bytesMax, int depthMax) {}
