package io.mcpgovernor.pii;

import java.util.Arrays;

/**
 * A text written anew, and the way back: which byte of the source each character came from. Kept as
 * one pair of numbers for each place where both differ, or a bit if these are many, so texts with
 * few of them cost little more than a copy.
 *
 * <p>Reused from text to text; not thread-safe.
 */
abstract class MappedText {
  /** So many bytes behind a slice are read and written with it, {@link #putSlices}. */
  static final int SLACK = 2 * Long.BYTES;

  private byte[] utf8 = new byte[64];
  private int length;
  private int[] breaks = new int[8]; // after each change: offset here
  private int[] sources = new int[8]; // after each change: offset in the source
  private long[] escapes = new long[8]; // where from there on a byte of the source says nothing
  private int count;
  private int sourceFrom;
  private int used;
  private int sought; // the change that was found last

  /** Begins a text of at most so many bytes. */
  final void start(int from, int bytesMax) {
    length = 0;
    count = 0;
    sourceFrom = from;
    sought = 0;
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

  /**
   * Takes over slices that stand between escapes of one byte each, and what these stand for: many
   * at once, because each by itself would take longer than its bytes do.
   *
   * @param at where the first slice begins
   * @param starts marks, by bits, where from {@code at} on the escapes begin
   * @param limit where the last slice ends, unless an escape reaches further
   * @param meanings what the second byte of each escape stands for; 0 if that needs a closer look
   * @return where to go on: at the end, or at an escape that needs a closer look
   */
  final int putSlices(byte[] source, int at, long starts, int limit, byte[] meanings) {
    int end = limit;
    byte[] text = utf8;
    int to = length;
    int read = at;
    long done = starts;
    for (long rest = starts; rest != 0; rest &= rest - 1) {
      int escape = at + Long.numberOfTrailingZeros(rest);
      byte meaning = meanings[source[escape + 1] & 0xff];
      if (meaning == 0) {
        end = escape;
        done = starts & ((1L << (escape - at)) - 1);
        break;
      }
      to = copy(source, read, escape, text, to);
      text[to++] = meaning;
      read = escape + 2;
    }
    if (read < end) {
      to = copy(source, read, end, text, to);
      read = end;
    }
    if (done != 0) {
      mark(at);
      escapes[count - 1] = done;
    }
    length = to;
    return read;
  }

  /** Copies a few bytes, sixteen at a time: the last ones are overwritten by what follows. */
  private static int copy(byte[] source, int from, int end, byte[] text, int to) {
    int written = to;
    for (int read = from; read < end; read += SLACK) {
      EightBytes.put(text, written, EightBytes.at(source, read));
      EightBytes.put(text, written + Long.BYTES, EightBytes.at(source, read + Long.BYTES));
      written += SLACK;
    }
    return to + end - from;
  }

  /** What is written next stands at {@code at} in the source. */
  final void mark(int at) {
    if (count > 0 && breaks[count - 1] == length) {
      sources[count - 1] = at;
      escapes[count - 1] = 0;
      return;
    }
    if (count == breaks.length) {
      breaks = Arrays.copyOf(breaks, count * 2);
      sources = Arrays.copyOf(sources, count * 2);
      escapes = Arrays.copyOf(escapes, count * 2);
    }
    breaks[count] = length;
    escapes[count] = 0;
    sources[count++] = at;
  }

  final void end() {
    used = Math.max(used, Math.min(length + SLACK, utf8.length));
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
    return utf8.length + (2 * Integer.BYTES + Long.BYTES) * breaks.length;
  }

  final byte[] utf8() {
    return utf8;
  }

  final int length() {
    return length;
  }

  /** Where in the source the character that begins at {@code offset} stands. */
  final int source(int offset) {
    int last = lastChange(offset);
    if (last < 0) {
      return sourceFrom + offset;
    }
    int behind = offset - breaks[last];
    int passed = 0;
    for (long rest = escapes[last]; rest != 0; rest &= rest - 1) {
      if (Long.numberOfTrailingZeros(rest) - passed >= behind) {
        break;
      }
      passed++;
    }
    return sources[last] + behind + passed;
  }

  /**
   * The last change that ends at or before an offset, or -1. Most are asked for in order, so it is
   * looked for from where the last one was found: first in steps that double, then by halves.
   */
  private int lastChange(int offset) {
    int low = sought;
    if (low >= count || breaks[low] > offset) {
      low = 0;
    }
    int step = 1;
    while (low + step < count && breaks[low + step] <= offset) {
      low += step;
      step <<= 1;
    }
    int found = Arrays.binarySearch(breaks, low, Math.min(low + step, count), offset);
    int last = found >= 0 ? found : -found - 2;
    sought = Math.max(last, 0);
    return last;
  }
}
