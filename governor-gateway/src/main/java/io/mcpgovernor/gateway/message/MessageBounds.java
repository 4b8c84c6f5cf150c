package io.mcpgovernor.gateway.message;

import io.mcpgovernor.call.Json;

/**
 * How large messages may be.
 *
 * @param bytesMax of one message, at least 1
 * @param depthMax levels of nesting, 1 to 256
 */
public record MessageBounds(int bytesMax, int depthMax) {
  /** Checks the bounds. */
  public MessageBounds {
    if (bytesMax < 1 || depthMax < 1 || depthMax > Json.DEPTH_MAX) {
      throw new IllegalArgumentException(
          "bytesMax must be at least 1 and depthMax 1 to " + Json.DEPTH_MAX);
    }
  }
}
