package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.message.MessageBounds;
import java.time.Duration;

/**
 * The limits of a server's process.
 *
 * @param bounds of a message of the server's, which is a line
 * @param requestsMax requests in flight at once, at least 1; more wait
 * @param writeWait how long the process may leave its input unread before a message is given up
 * @param readWait how long a client may leave an answer unread before it is given up; other answers
 *     of the process wait behind it
 * @param goodbye how long the process may take to end once its input is closed, and again after
 *     SIGTERM
 */
public record ChildOptions(
    MessageBounds bounds,
    int requestsMax,
    Duration writeWait,
    Duration readWait,
    Duration goodbye) {
  /** Lines of 16 MiB, 256 levels, 128 requests, 10 s, 30 s and 3 s. */
  public static final ChildOptions DEFAULT =
      new ChildOptions(
          new MessageBounds(16 << 20, 256),
          128,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(3));
}
