package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.SseEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One thing a client sent, and the way back to it: a request over HTTP, or a line of standard
 * input. Implemented by the fronts. Used by one virtual thread, which may block in it, but for
 * {@link #onGone}.
 *
 * <p>It is answered once: with {@link #answer}, or with {@link #stream}, any number of {@link
 * #send} and {@link #end}.
 */
public interface ClientExchange {
  /** What the client does. */
  Verb verb();

  /** The headers that MCP speaks of. */
  Headers headers();

  /** What it sent; empty if nothing. Within the front's bound. Must not be changed. */
  byte[] body();

  /** Who it is, as the front has verified; null for nobody. */
  @Nullable Principal principal();

  /**
   * Answers at once.
   *
   * @param status of HTTP; over stdio only the body counts
   * @param body empty for none
   * @throws IOException if the client is gone
   */
  void answer(int status, Headers headers, byte[] body) throws IOException;

  /** Starts to answer with a stream of events. */
  void stream(int status, Headers headers) throws IOException;

  /**
   * Sends an event, at once. Blocks while the client reads slower than we send, for the front's
   * time at most.
   *
   * @throws IOException if the client is gone or does not read
   */
  void send(SseEvent event) throws IOException;

  /** Ends the stream. */
  void end() throws IOException;

  /**
   * Says what is to be done once if the client goes away before it is answered; at once if it has
   * gone. Runs on a thread of the front's and must not block.
   */
  void onGone(Runnable task);
}
