package io.mcpgovernor.pii.check;

/** Numbers of persons and businesses in Australia. */
public final class Australia {
  private static final int[] TFN_WEIGHTS = {1, 4, 3, 7, 5, 8, 6, 9, 10};
  private static final int[] OLD_TFN_WEIGHTS = {10, 7, 8, 4, 6, 3, 5, 1};
  private static final int[] ABN_WEIGHTS = {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
  private static final int[] MEDICARE_WEIGHTS = {1, 3, 7, 9, 1, 3, 7, 9};
  private static final int MEDICARE_DIGITS = 10;

  private Australia() {}

  /**
   * Tax file number: nine digits, or eight of the older ones, whose weighted sum is a multiple of
   * 11 (Australian Taxation Office, "TFN algorithm").
   */
  public static boolean tfn(byte[] text, int from, int to) {
    int digits = to - from;
    if ((digits != TFN_WEIGHTS.length && digits != OLD_TFN_WEIGHTS.length)
        || !Digits.are(text, from, to)
        || Digits.areZeros(text, from, to)) {
      return false;
    }
    int[] weights = digits == TFN_WEIGHTS.length ? TFN_WEIGHTS : OLD_TFN_WEIGHTS;
    return WeightedDigits.sum(text, from, weights) % 11 == 0;
  }

  /**
   * Business number: eleven digits, not from 0 on; with one taken from the first digit, the
   * weighted sum is a multiple of 89 (Australian Business Register, "Format of the ABN").
   */
  public static boolean abn(byte[] text, int from, int to) {
    return Digits.are(text, from, to, ABN_WEIGHTS.length)
        && text[from] != '0'
        && (WeightedDigits.sum(text, from, ABN_WEIGHTS) - ABN_WEIGHTS[0]) % 89 == 0;
  }

  /**
   * Medicare card: ten digits from 2 to 6 on, or eleven with that of the person; the ninth checks
   * the eight before it, the tenth counts issues (Services Australia, "Medicare card number").
   */
  public static boolean medicare(byte[] text, int from, int to) {
    int digits = to - from;
    return (digits == MEDICARE_DIGITS || digits == MEDICARE_DIGITS + 1)
        && Digits.are(text, from, to)
        && text[from] >= '2'
        && text[from] <= '6'
        && WeightedDigits.sum(text, from, MEDICARE_WEIGHTS) % 10 == Digits.at(text, from + 8)
        && text[from + 9] != '0'
        && text[to - 1] != '0';
  }
}
