package io.mcpgovernor.pii.check;

/** Numbers of persons in the Netherlands. */
public final class Netherlands {
  private static final int[] WEIGHTS = {9, 8, 7, 6, 5, 4, 3, 2, -1};

  private Netherlands() {}

  /**
   * BSN: nine digits, weights 9 to 2 and -1, a multiple of 11, the "elfproef" (act on general
   * provisions of the citizen service number; Rijksdienst voor Identiteitsgegevens, Logisch Ontwerp
   * BSN).
   */
  public static boolean bsn(byte[] text, int from, int to) {
    return Digits.are(text, from, to, WEIGHTS.length)
        && !Digits.areZeros(text, from, to)
        && WeightedDigits.sum(text, from, WEIGHTS) % 11 == 0;
  }
}
