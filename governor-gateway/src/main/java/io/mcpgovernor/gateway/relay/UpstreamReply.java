package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers, as it comes. Used by one thread; {@link #close} may be called by any.
 *
 * <p>It never holds more than an event: where nobody reads, the server is not read from.
 */
public interface UpstreamReply extends AutoCloseable {
  /** The status of HTTP; 200 or 202 of a process. */
  int status();

  /** The headers that MCP speaks of. */
  Headers headers();

  /** What time it is by the server's clock, as HTTP writes it; null if it does not say. */
  default @Nullable String date() {
    return null;
  }

  /** Whether it is a stream of events; else it is one body, or none. */
  boolean isStream();

  /**
   * The next event, or the body as the only one; null at the end. Blocks.
   *
   * @throws UpstreamException if the server went away, is too slow, or says what cannot be read
   */
  @Nullable SseEvent next() throws UpstreamException, InterruptedException;

  /** Lets go of what was not read, and tells the server where the transport can. */
  @Override
  void close();
}
