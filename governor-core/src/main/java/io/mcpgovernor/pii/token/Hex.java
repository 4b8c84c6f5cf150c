package io.mcpgovernor.pii.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hexadecimal digits, eight at a time. */
public final class Hex {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long TOP = 0x8080808080808080L;

  private Hex() {}

  /** Where the run of hex digits, of either case, that begins at {@code from} ends. */
  public static int end(byte[] text, int from, int to) {
    int end = from;
    while (to - end >= 8 && eight(eightBytes(text, end))) {
      end += 8;
    }
    while (end < to && isDigit(text[end])) {
      end++;
    }
    return end;
  }

  /** Whether the byte is a hex digit of either case. */
  static boolean isDigit(byte c) {
    return Alphabet.HEX_ANY_CASE.contains(c);
  }

  /** The eight bytes from {@code at} on, the first the lowest. */
  static long eightBytes(byte[] text, int at) {
    return (long) LONGS.get(text, at);
  }

  /** Whether each of eight bytes is a hex digit of either case. */
  static boolean eight(long bytes) {
    // Adding never carries from one byte into the next, as each is below 0x80 where it matters.
    long low = bytes & ~TOP;
    long digit = (low + 0x50 * EACH) & ~(low + 0x46 * EACH);
    long small = low | 0x20 * EACH;
    long letter = (small + 0x1F * EACH) & ~(small + 0x19 * EACH);
    return ((digit | letter) & ~bytes & TOP) == TOP;
  }
}
