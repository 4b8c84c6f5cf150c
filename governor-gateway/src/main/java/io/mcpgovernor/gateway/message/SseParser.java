package io.mcpgovernor.gateway.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of bytes apart into events, however it is cut into pieces. Keeps one event at
 * most, and what was fed behind it. Not thread-safe.
 *
 * <p>Every empty line ends an event, be it one of comments only or of nothing: so nothing of a
 * stream is held back or lost, but a byte order mark at its start.
 */
public final class SseParser {
  private static final byte[] NOTHING = {};
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int SIZE_MAX = Integer.MAX_VALUE - 8; // of any array

  /** What a stream keeps that nothing comes through at the moment: many are open and idle. */
  private static final int IDLE_BYTES = 4 * 1_024;

  private final int eventBytesMax;
  private final SseFields fields = new SseFields();
  private byte[] buffer = NOTHING;
  private int size;
  private int eventFrom; // where the event that is being read begins
  private int lineFrom; // where its line that is being read begins
  private int at; // how far that line is read
  private boolean isStarted;
  private @Nullable String refusal;

  /** Whether lines end with CR alone, so that nobody has to wait for an LF behind it. */
  private boolean endsWithCr;

  /** Whether an event was ended by CR, so that an LF behind it is no line of its own. */
  private boolean isAfterCr;

  /**
   * A parser.
   *
   * @param eventBytesMax how large an event may be, its empty line included
   */
  public SseParser(int eventBytesMax) {
    this.eventBytesMax = eventBytesMax;
  }

  /** Takes more of the stream. The array may be reused afterwards. */
  public void feed(byte[] bytes, int from, int length) {
    if (refusal != null) {
      return;
    }
    int kept = size - eventFrom;
    boolean isIdle = kept == 0 && buffer.length > IDLE_BYTES;
    boolean isFull = kept + length > buffer.length;
    if (isIdle || isFull || eventFrom > 0) {
      byte[] room =
          isIdle || isFull
              ? new byte[Math.max(kept + length, Math.min(2 * kept, SIZE_MAX))]
              : buffer;
      System.arraycopy(buffer, eventFrom, room, 0, kept);
      buffer = room;
      lineFrom -= eventFrom;
      at -= eventFrom;
      eventFrom = 0;
    }
    System.arraycopy(bytes, from, buffer, kept, length);
    size = kept + length;
  }

  /**
   * The next event that is complete; null if more of the stream is needed. An event that was cut
   * off at the stream's end is never one.
   *
   * @throws MalformedMessageException if an event is too large, or one after the first begins with
   *     a byte order mark; nothing more can be read then
   */
  public @Nullable SseEvent next() throws MalformedMessageException {
    if (refusal != null) {
      throw refused(refusal);
    }
    if (!isStarted && !start()) {
      return null;
    }
    while (true) {
      at = EightBytes.lineEnd(buffer, at, size);
      boolean isEmpty = at == lineFrom;
      int next = at == size ? -1 : nextLine(isEmpty);
      if ((next < 0 ? size : next) - eventFrom > eventBytesMax) {
        throw refused("An event of the stream is larger than " + eventBytesMax + " bytes.");
      }
      if (next < 0) {
        return null;
      }
      if (isAfterCr) {
        isAfterCr = false;
        if (isEmpty && next == eventFrom + 1 && buffer[at] == '\n') {
          at = lineFrom = next; // the other half of the line end before
          endsWithCr = false;
          continue;
        }
      }
      int line = lineFrom;
      int end = at;
      at = lineFrom = next;
      if (isEmpty && hasMark(eventFrom, size)) {
        // Passed on as the first event of another stream, it would be read as another event.
        throw refused("An event of the stream begins with a byte order mark.");
      }
      if (isEmpty) {
        SseEvent event =
            fields.event(Arrays.copyOfRange(buffer, eventFrom, next), line - eventFrom);
        isAfterCr = buffer[next - 1] == '\r';
        eventFrom = next;
        return event;
      }
      fields.line(buffer, line, end, next, eventFrom);
    }
  }

  /** Skips a byte order mark; false if that cannot be told yet. */
  private boolean start() {
    if (size < MARK.length && Arrays.equals(buffer, 0, size, MARK, 0, size)) {
      return false;
    }
    isStarted = true;
    if (hasMark(0, size)) {
      eventFrom = lineFrom = at = MARK.length;
    }
    return true;
  }

  private boolean hasMark(int from, int to) {
    return to - from >= MARK.length
        && Arrays.equals(buffer, from, from + MARK.length, MARK, 0, MARK.length);
  }

  /** Where the next line begins; below 0 if that cannot be told yet. */
  private int nextLine(boolean isEmpty) {
    if (buffer[at] == '\n') {
      endsWithCr = false;
      return at + 1;
    }
    if (isEmpty && endsWithCr) {
      return at + 1; // at once: where no LF comes, it would wait for the next event
    }
    if (at + 1 == size) {
      return -1;
    }
    endsWithCr = buffer[at + 1] != '\n';
    return endsWithCr ? at + 1 : at + 2;
  }

  private MalformedMessageException refused(String reason) {
    refusal = reason;
    buffer = NOTHING;
    return new MalformedMessageException(MalformedMessageException.INVALID_REQUEST, null, reason);
  }
}
