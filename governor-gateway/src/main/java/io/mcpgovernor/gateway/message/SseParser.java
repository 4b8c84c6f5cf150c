package io.mcpgovernor.gateway.message;

import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of bytes apart into events, however it is cut into pieces. Keeps one event at
 * most. Not thread-safe.
 */
public final class SseParser {
  /**
   * A parser.
   *
   * @param eventBytesMax how large an event may be
   */
  public SseParser(int eventBytesMax) {
    Unwritten.<Object>yet();
  }

  /** Takes more of the stream. The array may be reused afterwards. */
  public void feed(byte[] bytes, int from, int length) {
    Unwritten.<Object>yet();
  }

  /**
   * The next event that is complete; null if more of the stream is needed. An event that was cut
   * off at the stream's end is never one.
   *
   * @throws MalformedMessageException if an event is too large; nothing more can be read then
   */
  public @Nullable SseEvent next() throws MalformedMessageException {
    return Unwritten.yet();
  }
}
