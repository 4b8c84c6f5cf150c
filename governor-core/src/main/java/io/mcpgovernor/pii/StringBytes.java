package io.mcpgovernor.pii;

/**
 * What {@link EightBytes eight bytes} of a JSON string mean: marks, by its upper bit, each byte of
 * some class.
 */
final class StringBytes {
  private static final long FROM_ZERO = (0x80 - '0') * EightBytes.EACH;
  private static final long BEYOND_AT = (0x80 - ('@' + 1)) * EightBytes.EACH;
  private static final long FROM_SPACE = (0x80 - ' ') * EightBytes.EACH;
  private static final long QUOTES = '"' * EightBytes.EACH;
  private static final long BACKSLASHES = '\\' * EightBytes.EACH;

  private StringBytes() {}

  /** Marks each byte from '0' to '@'. */
  static long signs(long block) {
    long low = block & EightBytes.LOWER_BITS;
    return ((low + FROM_ZERO) ^ (low + BEYOND_AT)) & ~block & EightBytes.UPPER_BITS;
  }

  /** Marks each byte that is no plain content of a JSON string. */
  static long plainEnds(long block) {
    long low = block & EightBytes.LOWER_BITS;
    long plain =
        EightBytes.others(low, QUOTES) & EightBytes.others(low, BACKSLASHES) & (low + FROM_SPACE);
    return (~plain | block) & EightBytes.UPPER_BITS;
  }

  /** Is 0 if there is none but bytes of ASCII from the space on. */
  static long notText(long block) {
    return (~((block & EightBytes.LOWER_BITS) + FROM_SPACE) | block) & EightBytes.UPPER_BITS;
  }

  /** Marks each quote; of bytes beyond ASCII the mark says nothing. */
  static long quotes(long block) {
    return ~EightBytes.others(block & EightBytes.LOWER_BITS, QUOTES) & EightBytes.UPPER_BITS;
  }

  /** Marks each backslash; of bytes beyond ASCII the mark says nothing. */
  static long backslashes(long block) {
    return ~EightBytes.others(block & EightBytes.LOWER_BITS, BACKSLASHES) & EightBytes.UPPER_BITS;
  }
}
