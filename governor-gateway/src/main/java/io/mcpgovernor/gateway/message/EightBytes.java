package io.mcpgovernor.gateway.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time: most bytes of a message stand within long strings. */
final class EightBytes {
  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long UPPER_BITS = 0x8080_8080_8080_8080L;

  private static final long LOWER_BITS = ~UPPER_BITS;

  /** Times this, the lowest bits of eight bytes come to stand side by side in the highest byte. */
  private static final long TOGETHER = 0x0102_0408_1020_4080L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private EightBytes() {}

  /** The first byte from {@code at} on that does not stand for itself in a JSON string, or end. */
  static int plainEnd(byte[] text, int at, int end) {
    int i = at;
    while (i + Long.BYTES <= end) {
      long eight = (long) LONGS.get(text, i);
      // What is marked wrongly stands above what is marked rightly: a borrow goes upwards.
      long marks =
          eight
              | zeros(eight ^ '"' * EACH)
              | zeros(eight ^ '\\' * EACH)
              | ((eight - ' ' * EACH) & ~eight);
      marks &= UPPER_BITS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      i += Long.BYTES;
    }
    while (i < end && text[i] >= ' ' && text[i] != '"' && text[i] != '\\') {
      i++;
    }
    return i;
  }

  /** The first line feed or carriage return from {@code at} on, or end. */
  static int lineEnd(byte[] text, int at, int end) {
    int i = at;
    while (i + Long.BYTES <= end) {
      long eight = (long) LONGS.get(text, i);
      long marks = (zeros(eight ^ '\n' * EACH) | zeros(eight ^ '\r' * EACH)) & UPPER_BITS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      i += Long.BYTES;
    }
    while (i < end && text[i] != '\n' && text[i] != '\r') {
      i++;
    }
    return i;
  }

  /** The eight bytes at {@code at}, the first one lowest. */
  static long at(byte[] text, int at) {
    return (long) LONGS.get(text, at);
  }

  /** Which of eight bytes are a sign, all of them ASCII: a bit a byte, the first one's lowest. */
  static long bits(long eight, char sign) {
    // By a sum, not by zeros(): its borrow would mark what stands above a sign, too.
    long others = (eight ^ sign * EACH) + LOWER_BITS;
    return (((~others & UPPER_BITS) >>> 7) * TOGETHER) >>> 56;
  }

  /** Is 0 if eight bytes are ASCII from the space on. */
  static long notText(long eight) {
    return (~((eight & LOWER_BITS) + (0x80 - ' ') * EACH) | eight) & UPPER_BITS;
  }

  private static long zeros(long eight) {
    return (eight - EACH) & ~eight;
  }
}
