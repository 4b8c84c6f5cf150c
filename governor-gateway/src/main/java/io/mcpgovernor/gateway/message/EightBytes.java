package io.mcpgovernor.gateway.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time: most bytes of a message stand within long strings. */
final class EightBytes {
  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long UPPER_BITS = 0x8080_8080_8080_8080L;

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

  private static long zeros(long eight) {
    return (eight - EACH) & ~eight;
  }
}
