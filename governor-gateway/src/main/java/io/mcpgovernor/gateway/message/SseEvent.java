package io.mcpgovernor.gateway.message;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event, as it came. Immutable; arrays are shared and must not be changed.
 *
 * <p>A plain JSON answer and a line of a process's output are events without any field but their
 * data.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML: server-sent
 *     events</a>
 */
public final class SseEvent {
  private SseEvent() {}

  /** An event that has data only, in one line. */
  public static SseEvent of(byte[] data) {
    return Unwritten.yet();
  }

  /** Its data, lines joined by line feeds; empty for priming events and comments. */
  public byte[] data() {
    return Unwritten.yet();
  }

  /** Its id field; null without. */
  public @Nullable String id() {
    return Unwritten.yet();
  }

  /** Its event field; empty without. */
  public String type() {
    return Unwritten.yet();
  }

  /** The event as it goes over the wire, its empty line included. */
  public byte[] wire() {
    return Unwritten.yet();
  }

  /** The same event with other data, in one line; every other field stays as it came. */
  public SseEvent withData(byte[] data) {
    return Unwritten.yet();
  }
}
