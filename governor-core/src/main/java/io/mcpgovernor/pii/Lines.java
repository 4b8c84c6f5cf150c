package io.mcpgovernor.pii;

/** Where lines end, looked for eight bytes at a time. */
final class Lines {
  private static final long NEWLINES = '\n' * EightBytes.EACH;

  private Lines() {}

  /** The first line feed at or after {@code at}, or {@code to}. */
  static int end(byte[] text, int at, int to) {
    int i = at;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long eight = EightBytes.at(text, i);
      long others = EightBytes.others(eight & EightBytes.LOWER_BITS, NEWLINES) | eight;
      long found = ~others & EightBytes.UPPER_BITS;
      if (found != 0) {
        return i + EightBytes.first(found);
      }
    }
    while (i < to && text[i] != '\n') {
      i++;
    }
    return i;
  }
}
