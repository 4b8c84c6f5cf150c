package io.mcpgovernor.pii;

import java.util.Arrays;

/**
 * The content of a JSON string with its escapes undone, and the way back: which byte of the source
 * each character came from. Kept as one pair of numbers an escape, so texts with few escapes cost
 * little more than a copy.
 *
 * <p>Reused from string to string; not thread-safe.
 */
final class Unescaped {
  private byte[] utf8 = new byte[64];
  private int length;
  private int[] breaks = new int[8]; // after each escape: offset here
  private int[] sources = new int[8]; // after each escape: offset in the source
  private int count;
  private int sourceFrom;
  private int used;

  /**
   * Reads what stands between the quotes of a valid JSON string.
   *
   * @param source holds the string, already found valid by {@link JsonCursor}
   */
  void read(byte[] source, int from, int to) {
    length = 0;
    count = 0;
    sourceFrom = from;
    if (utf8.length < to - from) {
      utf8 = new byte[Math.max(to - from, (int) Math.min(2L * utf8.length, Integer.MAX_VALUE - 8))];
    }
    int at = from;
    while (at < to) {
      byte c = source[at];
      if (c != '\\') {
        utf8[length++] = c;
        at++;
        continue;
      }
      at = source[at + 1] == 'u' ? unicode(source, at, to) : simple(source[at + 1], at);
      if (count == breaks.length) {
        breaks = Arrays.copyOf(breaks, count * 2);
        sources = Arrays.copyOf(sources, count * 2);
      }
      breaks[count] = length;
      sources[count++] = at;
    }
    used = Math.max(used, length);
  }

  /** Overwrites every text that was read. */
  void wipe() {
    // Up to the longest one: a text can only leave behind what stood within its own length.
    Arrays.fill(utf8, 0, used, (byte) 0);
    used = 0;
    length = 0;
    count = 0;
  }

  /** How much memory it holds on to. */
  int bytesHeld() {
    return utf8.length + 2 * Integer.BYTES * breaks.length;
  }

  byte[] utf8() {
    return utf8;
  }

  int length() {
    return length;
  }

  /** Where in the source the character that begins at {@code offset} stands. */
  int source(int offset) {
    int found = Arrays.binarySearch(breaks, 0, count, offset);
    int last = found >= 0 ? found : -found - 2; // the last escape that ends at or before the offset
    return last < 0 ? sourceFrom + offset : sources[last] + offset - breaks[last];
  }

  private int simple(byte letter, int at) {
    utf8[length++] =
        switch (letter) {
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> letter;
        };
    return at + 2;
  }

  private int unicode(byte[] source, int at, int to) {
    int point = hex(source, at + 2);
    int end = at + 6;
    if (Character.isHighSurrogate((char) point)
        && end + 6 <= to
        && source[end] == '\\'
        && source[end + 1] == 'u') {
      int low = hex(source, end + 2);
      if (Character.isLowSurrogate((char) low)) {
        put(Character.toCodePoint((char) point, (char) low));
        return end + 6;
      }
    }
    // A lone surrogate has no UTF-8 form; the replacement character says that one stood here.
    put(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point);
    return end;
  }

  private void put(int point) {
    if (point < 0x80) {
      utf8[length++] = (byte) point;
      return;
    }
    if (point < 0x800) {
      utf8[length++] = (byte) (0xc0 | point >> 6);
    } else {
      if (point < 0x10000) {
        utf8[length++] = (byte) (0xe0 | point >> 12);
      } else {
        utf8[length++] = (byte) (0xf0 | point >> 18);
        utf8[length++] = (byte) (0x80 | (point >> 12 & 0x3f));
      }
      utf8[length++] = (byte) (0x80 | (point >> 6 & 0x3f));
    }
    utf8[length++] = (byte) (0x80 | (point & 0x3f));
  }

  private static int hex(byte[] source, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = value << 4 | Character.digit(source[i], 16);
    }
    return value;
  }
}
