package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.message.MessageBounds;
import java.time.Duration;

/**
 * The limits of a front on standard input and output.
 *
 * @param bounds of a message, which is a line
 * @param requestsMax requests worked on at once, at least 1; beyond, no more input is read
 * @param grace how long requests that run may take to finish once the input has ended
 */
public record StdioFrontOptions(MessageBounds bounds, int requestsMax, Duration grace) {
  /** Lines of 4 MiB, 64 levels, 64 requests at once, 10 seconds. */
  public static final StdioFrontOptions DEFAULT =
      new StdioFrontOptions(new MessageBounds(4 << 20, 64), 64, Duration.ofSeconds(10));
}
