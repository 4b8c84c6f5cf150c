package io.mcpgovernor.gateway.message;

/**
 * Stretches of JSON strings with many escapes, such as JSON in a string, {@value #BYTES} bytes at a
 * time: a jump at each escape, which no processor foresees, takes longer than all else (Langdale
 * and Lemire, "Parsing Gigabytes of JSON per Second", section 3.1.1).
 */
final class EscapeBlocks {
  private static final int BYTES = Long.SIZE;
  private static final long ODD = 0xaaaa_aaaa_aaaa_aaaaL;
  private static final String LETTERS = "\"\\/bfnrt";

  private EscapeBlocks() {}

  /**
   * Where blocks end that are within a string and hold nothing but ASCII and sound escapes of two
   * bytes.
   *
   * @param at within a string, and not within an escape
   */
  static int end(byte[] text, int at, int end) {
    int i = at;
    while (i + BYTES <= end) {
      long backslashes = 0;
      long quotes = 0;
      long others = 0;
      for (int k = 0; k < BYTES; k += Long.BYTES) {
        long eight = EightBytes.at(text, i + k);
        others |= EightBytes.notText(eight);
        backslashes |= EightBytes.bits(eight, '\\') << k;
        quotes |= EightBytes.bits(eight, '"') << k;
      }
      long starts = starts(backslashes);
      if (others != 0
          || (quotes & ~(starts << 1)) != 0
          || !areSound(text, i, starts & ~((quotes | backslashes) >>> 1))) {
        break;
      }
      i += starts < 0 ? BYTES - 1 : BYTES; // an escape that begins with the last byte is not over
    }
    return i;
  }

  /** Marks each backslash that begins an escape: in a row of them every other one. */
  private static long starts(long backslashes) {
    // Subtraction carries from the beginning of each row to its end. Rows that begin at odd bits
    // and those at even ones come out alike, as the odd bits are set before and turned after it.
    long turned = ((backslashes << 1) | ODD) - backslashes;
    return (turned ^ ODD) & backslashes;
  }

  /** Whether escapes that begin in a block, its last byte aside, are sound and have two bytes. */
  private static boolean areSound(byte[] text, int at, long starts) {
    for (long rest = starts & Long.MAX_VALUE; rest != 0; rest &= rest - 1) {
      if (LETTERS.indexOf(text[at + Long.numberOfTrailingZeros(rest) + 1]) < 0) {
        return false;
      }
    }
    return true;
  }
}
