package io.mcpgovernor.pii;

/** Looks at {@link EightBytes eight bytes} at a time. */
final class SwarFinder extends CandidateFinder {
  static final SwarFinder INSTANCE = new SwarFinder();

  private static final int BLOCK = Long.BYTES;
  private static final long FROM_PLUS = (0x80 - '+') * EightBytes.EACH;

  private SwarFinder() {}

  @Override
  String label() {
    return "64-bit words";
  }

  @Override
  int next(byte[] text, int from, int to) {
    int last = to - BLOCK;
    if (from > last) {
      return nextSignOneByOne(text, from, to);
    }
    int at = from;
    while (true) {
      long block = EightBytes.at(text, at);
      long signs = StringBytes.signs(block);
      if (signs != 0) {
        return at + EightBytes.first(signs);
      }
      // A long word fills one of the blocks, so only full blocks ask for a closer look.
      if (gaps(block) == 0) {
        int word = longWordAround(text, from, at, to);
        if (word >= 0) {
          return word;
        }
      }
      if (at == last) {
        return to;
      }
      // The last block goes back over bytes that hold no candidate, rather than beyond the end.
      at = Math.min(at + BLOCK, last);
    }
  }

  /**
   * The first sign among the {@code 2 * BLOCK} bytes at {@code from}, or -1. Nothing there can be a
   * long word before a sign, because the sign would be in it.
   */
  static int signWithinTwoBlocks(byte[] text, int from) {
    long signs = StringBytes.signs(EightBytes.at(text, from));
    if (signs != 0) {
      return from + EightBytes.first(signs);
    }
    signs = StringBytes.signs(EightBytes.at(text, from + BLOCK));
    return signs == 0 ? -1 : from + BLOCK + EightBytes.first(signs);
  }

  private static int nextSignOneByOne(byte[] text, int from, int to) {
    int at = from;
    while (at < to && !isSign(text[at])) {
      at++;
    }
    return Math.min(at, to);
  }

  /**
   * Where the long word begins that covers the block at {@code at}, or -1 if none does. The block
   * has no gaps.
   */
  private static int longWordAround(byte[] text, int from, int at, int to) {
    int before = at - from >= BLOCK ? Long.numberOfLeadingZeros(stops(text, at - BLOCK)) : 7 * 8;
    int after = to - at >= 2 * BLOCK ? Long.numberOfTrailingZeros(stops(text, at + BLOCK)) : 7 * 8;
    // Most words of prose end here: their few bytes to both sides are too few.
    if ((before >>> 3) + BLOCK + (after >>> 3) < LONG_WORD) {
      return -1;
    }
    int begin = at;
    int beginMin = Math.max(from, at - (LONG_WORD - 1));
    while (begin > beginMin && isLetterOrJoint(text[begin - 1])) {
      begin--;
    }
    int end = at;
    int endMax = Math.min(to, begin + LONG_WORD);
    while (end < endMax && isLetterOrJoint(text[end])) {
      end++;
    }
    return end - begin >= LONG_WORD ? begin : -1;
  }

  /** Marks each byte below '+' or beyond ASCII. None of these is part of a long word. */
  private static long gaps(long block) {
    return (~((block & EightBytes.LOWER_BITS) + FROM_PLUS) | block) & EightBytes.UPPER_BITS;
  }

  private static long stops(byte[] text, int at) {
    long block = EightBytes.at(text, at);
    return gaps(block) | StringBytes.signs(block);
  }
}
