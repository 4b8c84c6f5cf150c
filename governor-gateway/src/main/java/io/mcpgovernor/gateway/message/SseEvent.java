package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event, as it came. Immutable; arrays are shared and must not be changed.
 *
 * <p>A plain JSON answer and a line of a process's output are events without any field but their
 * data. What a stream has between its events, comments and empty lines, are events without data.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML: server-sent
 *     events</a>
 */
public final class SseEvent {
  private static final byte[] FIELD = "data: ".getBytes(US_ASCII);
  private static final byte[] COMMENT = {':', '\n'};
  private static final byte[] EMPTY_LINE = {'\n'};
  private static final int[] NOWHERE = {};

  private final byte[] data;
  private final @Nullable String id;
  private final String type;
  private final byte @Nullable [] wire; // null where it is made of the data alone
  private final int[] dataLines; // from, to, from, to; their line ends included
  private final int last; // where its empty line begins
  private final boolean hasMore; // than plain() leaves

  /** An event as it came; places are those in its bytes. */
  SseEvent(
      byte[] data,
      @Nullable String id,
      String type,
      byte @Nullable [] wire,
      int[] dataLines,
      int last,
      boolean hasMore) {
    this.data = data;
    this.id = id;
    this.type = type;
    this.wire = wire;
    this.dataLines = dataLines;
    this.last = last;
    this.hasMore = hasMore;
  }

  /** An event that has data only, in one line: line breaks go over the wire as blanks. */
  public static SseEvent of(byte[] data) {
    return new SseEvent(data, null, "", null, NOWHERE, 0, false);
  }

  /** Its data, lines joined by line feeds; empty for priming events and comments. */
  public byte[] data() {
    return data;
  }

  /** Its id field; null without. */
  public @Nullable String id() {
    return id;
  }

  /** Its event field; empty without. */
  public String type() {
    return type;
  }

  /** The event as it goes over the wire, its empty line included. */
  public byte[] wire() {
    if (wire != null) {
      return wire;
    }
    Wire written = new Wire(data.length + 8);
    written.data(data, "\n");
    written.put(EMPTY_LINE, 0, 1);
    return written.toByteArray();
  }

  /**
   * The same event with other data, in one line: line breaks become blanks, as in JSON they may.
   * Every other field stays as it came.
   */
  public SseEvent withData(byte[] data) {
    byte[] came = wire;
    if (came == null) {
      return of(data);
    }
    int count = dataLines.length;
    int from = count == 0 ? last : dataLines[0];
    int at = count == 0 ? last : dataLines[1];
    Wire changed = new Wire(came.length - (at - from) + data.length + 8);
    changed.put(came, 0, from);
    changed.data(data, lineEnd(came));
    int[] line = {from, changed.size()};
    for (int i = 2; i < count; i += 2) { // the lines of data after the first are left out
      changed.put(came, at, dataLines[i]);
      at = dataLines[i + 1];
    }
    changed.put(came, at, last);
    int lastNow = changed.size();
    changed.put(came, last, came.length);
    return new SseEvent(data, id, type, changed.toByteArray(), line, lastNow, hasMore);
  }

  /**
   * The same event without what a server could say in it that no client has to read: comments keep
   * their colon, and fields that are none and types that are no word are left out.
   */
  public SseEvent plain() {
    byte[] came = wire;
    if (!hasMore || came == null) {
      return this;
    }
    Wire kept = new Wire(came.length + 2);
    for (int from = 0; from < last; ) {
      int to = EightBytes.lineEnd(came, from, last);
      int next = to + 1 < last && came[to] == '\r' && came[to + 1] == '\n' ? to + 2 : to + 1;
      if (SseFields.isPlain(came, from, to)) {
        kept.put(came, from, next);
      }
      from = next;
    }
    if (kept.size() == 0) {
      kept.writeBytes(COMMENT);
    }
    kept.put(came, last, came.length);
    SseParser parser = new SseParser(kept.size());
    parser.feed(kept.toByteArray(), 0, kept.size());
    try {
      return Objects.requireNonNull(parser.next());
    } catch (MalformedMessageException e) {
      throw new IllegalStateException("an event of plain lines cannot be read", e);
    }
  }

  /** How its empty line ends, whose beginning so never joins the end of another. */
  private static String lineEnd(byte[] wire) {
    int to = wire.length;
    if (wire[to - 1] == '\r') {
      return "\r";
    }
    return to > 1 && wire[to - 2] == '\r' ? "\r\n" : "\n";
  }

  private static final class Wire extends ByteArrayOutputStream {
    Wire(int capacity) {
      super(capacity);
    }

    void data(byte[] data, String lineEnd) {
      writeBytes(FIELD);
      writeBytes(OneLine.of(data));
      writeBytes(lineEnd.getBytes(US_ASCII));
    }

    void put(byte[] text, int from, int to) {
      if (from < to && count > 0 && buf[count - 1] == '\r' && text[from] == '\n') {
        write('\n'); // or the two would become the end of one line
      }
      write(text, from, to - from);
    }
  }
}
