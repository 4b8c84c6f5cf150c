package io.mcpgovernor.pii.check;

/** Numbers of persons in Hong Kong. */
public final class HongKong {
  private static final int BYTES = 8;

  /** What a missing first letter counts, and its weight. */
  private static final int BLANK = 36 * 9;

  private HongKong() {}

  /**
   * HKID: one or two letters, six digits, and a check digit or A, weights 9 to 2, modulus 11; the
   * parentheses around the last are removed (Immigration Department).
   */
  public static boolean hkid(byte[] text, int from, int to) {
    int letters = to - from - BYTES + 1;
    if (letters < 1
        || letters > 2
        || !Digits.areLetters(text, from, from + letters)
        || !Digits.are(text, from + letters, to - 1)
        || !(Digits.isDigit(text[to - 1]) || text[to - 1] == 'A')) {
      return false;
    }
    int sum = letters == 1 ? BLANK : 0;
    for (int i = from; i < to; i++) {
      sum += (to - i) * Digits.base36(text[i]);
    }
    return sum % 11 == 0;
  }
}
