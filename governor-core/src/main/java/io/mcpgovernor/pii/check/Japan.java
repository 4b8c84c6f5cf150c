package io.mcpgovernor.pii.check;

/** Numbers of persons in Japan. */
public final class Japan {
  private static final int DIGITS = 12;
  private static final int[] WEIGHTS = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

  private Japan() {}

  /**
   * Individual number, "My Number": twelve digits, the last of which is 11 less the weighted sum by
   * modulus 11, and 0 for rests of 0 and 1 (ordinance of the Ministry of Internal Affairs and
   * Communications 85 of 2014, article 5).
   */
  public static boolean myNumber(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, DIGITS) || Digits.areZeros(text, from, to)) {
      return false;
    }
    int rest = WeightedDigits.sum(text, from, WEIGHTS) % 11;
    return Digits.at(text, to - 1) == (rest < 2 ? 0 : 11 - rest);
  }
}
