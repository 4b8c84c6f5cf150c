package io.mcpgovernor.pii;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a text as one {@code long} (SIMD within a register). The first byte is the lowest
 * of the number, on every machine.
 *
 * <p>How a byte is compared: its upper bit is taken away, then a number is added so that the upper
 * bit is set again exactly if the byte was big enough. The sum is below 256, so nothing carries
 * into the next byte.
 */
final class EightBytes {
  /** A one in each byte: times a sign, that sign in each. */
  static final long EACH = 0x0101_0101_0101_0101L;

  static final long UPPER_BITS = 0x8080_8080_8080_8080L;
  static final long LOWER_BITS = 0x7f * EACH;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Times this, the lowest bits of eight bytes come to stand side by side in the highest byte. */
  private static final long TOGETHER = 0x0102_0408_1020_4080L;

  private EightBytes() {}

  /** The eight bytes at {@code at}, all of which are in the array. */
  static long at(byte[] text, int at) {
    return (long) LONGS.get(text, at);
  }

  /**
   * Marks, by its upper bit, each byte of ASCII that is not a sign; of other bytes the mark says
   * nothing.
   *
   * @param low eight bytes without their upper bits
   * @param signs the sign in each byte
   */
  static long others(long low, long signs) {
    return (low ^ signs) + LOWER_BITS;
  }

  /** Eight bytes written at {@code at}, over all that stands there. */
  static void put(byte[] text, int at, long eight) {
    LONGS.set(text, at, eight);
  }

  /** Marks, their upper bits, as eight bits, the first byte's lowest. */
  static long bits(long marks) {
    return ((marks >>> 7) * TOGETHER) >>> 56;
  }

  /** The place of the first marked byte; there is one. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
