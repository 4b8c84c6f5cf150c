package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The fields of the event that is being read. Places are counted from its beginning. */
final class SseFields {
  private static final byte[] DATA = "data".getBytes(US_ASCII);
  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] TYPE = "event".getBytes(US_ASCII);
  private static final byte[] RETRY = "retry".getBytes(US_ASCII);
  private static final byte[] NOTHING = {};
  private static final int WORD_MAX = 64;

  private int[] lines = new int[2]; // of data: from and to, line ends included
  private int[] values = new int[2]; // what they say: from and to
  private int size;
  private int idFrom = -1;
  private int idTo;
  private int typeFrom = -1;
  private int typeTo;
  private boolean hasMore;

  /**
   * Takes a line that is not empty.
   *
   * @param next where its line end ends
   * @param start where the event begins
   */
  void line(byte[] text, int from, int to, int next, int start) {
    int colon = from;
    while (colon < to && text[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, to);
    if (value < to && text[value] == ' ') {
      value++;
    }
    if (is(DATA, text, from, colon)) {
      if (size == lines.length) {
        lines = Arrays.copyOf(lines, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      lines[size] = from - start;
      values[size++] = value - start;
      lines[size] = next - start;
      values[size++] = to - start;
    } else if (is(ID, text, from, colon)) {
      if (!hasZero(text, value, to)) {
        idFrom = value - start;
        idTo = to - start;
      }
    } else if (is(TYPE, text, from, colon)) {
      typeFrom = value - start;
      typeTo = to - start;
      hasMore |= !isWord(text, value, to);
    } else {
      hasMore |= !is(RETRY, text, from, colon) || !isNumber(text, value, to);
      hasMore &= from < to - 1 || text[from] != ':'; // a comment that says nothing
    }
  }

  /** Whether a line is one that {@link SseEvent#plain} keeps. */
  static boolean isPlain(byte[] text, int from, int to) {
    SseFields fields = new SseFields();
    fields.line(text, from, to, to, from);
    return !fields.hasMore;
  }

  /** A name that can say nothing about anybody. */
  private static boolean isWord(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      int lower = text[i] | 0x20;
      if ((lower < 'a' || lower > 'z') && "/_.-".indexOf(text[i]) < 0) {
        return false;
      }
    }
    return to - from <= WORD_MAX;
  }

  private static boolean isNumber(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return to - from <= 8; // milliseconds, so a day and more
  }

  /**
   * The event, now that it is complete, and starts anew.
   *
   * @param last where its empty line begins
   */
  SseEvent event(byte[] wire, int last) {
    SseEvent event =
        new SseEvent(
            data(wire),
            idFrom < 0 ? null : text(wire, idFrom, idTo),
            typeFrom < 0 ? "" : text(wire, typeFrom, typeTo),
            wire,
            Arrays.copyOf(lines, size),
            last,
            hasMore);
    hasMore = false;
    size = 0;
    idFrom = -1;
    typeFrom = -1;
    if (lines.length > 64) {
      lines = new int[2];
      values = new int[2];
    }
    return event;
  }

  private byte[] data(byte[] wire) {
    if (size <= 2) {
      return size == 0 ? NOTHING : Arrays.copyOfRange(wire, values[0], values[1]);
    }
    int length = size / 2 - 1;
    for (int i = 0; i < size; i += 2) {
      length += values[i + 1] - values[i];
    }
    byte[] data = new byte[length];
    int at = 0;
    for (int i = 0; i < size; i += 2) {
      if (i > 0) {
        data[at++] = '\n';
      }
      System.arraycopy(wire, values[i], data, at, values[i + 1] - values[i]);
      at += values[i + 1] - values[i];
    }
    return data;
  }

  private static String text(byte[] wire, int from, int to) {
    return new String(wire, from, to - from, UTF_8);
  }

  private static boolean is(byte[] name, byte[] text, int from, int to) {
    return Arrays.equals(text, from, to, name, 0, name.length);
  }

  private static boolean hasZero(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
