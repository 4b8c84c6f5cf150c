package io.mcpgovernor.pii.check;

/** Numbers of persons in Switzerland. */
public final class Switzerland {
  private static final int[] WEIGHTS = {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1};

  private Switzerland() {}

  /**
   * AHV number: 13 digits from 756 on with the check digit of EAN-13 (AHV act, article 50c; Central
   * Compensation Office).
   */
  public static boolean ahv(byte[] text, int from, int to) {
    return Digits.are(text, from, to, WEIGHTS.length)
        && Digits.value(text, from, from + 3) == 756
        && WeightedDigits.sum(text, from, WEIGHTS) % 10 == 0;
  }
}
