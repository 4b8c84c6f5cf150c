package io.mcpgovernor.pii;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Where lines end, looked for eight bytes at a time. */
final class Lines {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long UPPER_BITS = 0x8080_8080_8080_8080L;
  private static final long LOWER_BITS = 0x7f * EACH;
  private static final long NEWLINES = '\n' * EACH;

  private Lines() {}

  /** The first line feed at or after {@code at}, or {@code to}. */
  static int end(byte[] text, int at, int to) {
    int i = at;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long eight = (long) LONGS.get(text, i);
      long others = (((eight ^ NEWLINES) & LOWER_BITS) + LOWER_BITS) | eight;
      long found = ~others & UPPER_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (i < to && text[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Where the first line begins that follows a blank one at or after {@code at}, or {@code to}. */
  static int afterBlank(byte[] text, int at, int to) {
    int end = end(text, at, to);
    while (end < to) {
      int next = end + 1;
      if (next < to && text[next] == '\r') {
        next++;
      }
      if (next < to && text[next] == '\n') {
        return next + 1;
      }
      end = end(text, end + 1, to);
    }
    return to;
  }
}
