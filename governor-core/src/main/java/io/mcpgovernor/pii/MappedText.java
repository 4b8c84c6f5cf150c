package io.mcpgovernor.pii;

import java.util.Arrays;

/**
 * A text written anew, and the way back: which byte of the source each character came from. Kept as
 * one pair of numbers for each place where both differ, so texts with few of them cost little more
 * than a copy.
 *
 * <p>Reused from text to text; not thread-safe.
 */
abstract class MappedText {
  private byte[] utf8 = new byte[64];
  private int length;
  private int[] breaks = new int[8]; // after each change: offset here
  private int[] sources = new int[8]; // after each change: offset in the source
  private int count;
  private int sourceFrom;
  private int used;

  /** Begins a text of at most so many bytes. */
  final void start(int from, int bytesMax) {
    length = 0;
    count = 0;
    sourceFrom = from;
    if (utf8.length < bytesMax) {
      utf8 = new byte[Math.max(bytesMax, (int) Math.min(2L * utf8.length, Integer.MAX_VALUE - 8))];
    }
  }

  final void put(byte c) {
    utf8[length++] = c;
  }

  final void put(byte[] text, int from, int to) {
    System.arraycopy(text, from, utf8, length, to - from);
    length += to - from;
  }

  /** Writes a character in UTF-8. */
  final void putPoint(int point) {
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

  /** What is written next stands at {@code at} in the source. */
  final void mark(int at) {
    if (count > 0 && breaks[count - 1] == length) {
      sources[count - 1] = at;
      return;
    }
    if (count == breaks.length) {
      breaks = Arrays.copyOf(breaks, count * 2);
      sources = Arrays.copyOf(sources, count * 2);
    }
    breaks[count] = length;
    sources[count++] = at;
  }

  final void end() {
    used = Math.max(used, length);
  }

  /** Overwrites every text that was written. */
  final void wipe() {
    // Up to the longest one: a text can only leave behind what stood within its own length.
    Arrays.fill(utf8, 0, used, (byte) 0);
    used = 0;
    length = 0;
    count = 0;
  }

  /** How much memory it holds on to. */
  final int bytesHeld() {
    return utf8.length + 2 * Integer.BYTES * breaks.length;
  }

  final byte[] utf8() {
    return utf8;
  }

  final int length() {
    return length;
  }

  /** Where in the source the character that begins at {@code offset} stands. */
  final int source(int offset) {
    int found = Arrays.binarySearch(breaks, 0, count, offset);
    int last = found >= 0 ? found : -found - 2; // the last change that ends at or before the offset
    return last < 0 ? sourceFrom + offset : sources[last] + offset - breaks[last];
  }
}
