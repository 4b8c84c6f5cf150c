package io.mcpgovernor.pii.check;

/** Numbers of persons in the United Kingdom. */
public final class UnitedKingdom {
  private static final int NHS_DIGITS = 10;
  private static final int UTR_DIGITS = 10;
  private static final int[] UTR_WEIGHTS = {6, 7, 8, 9, 10, 5, 4, 3, 2};
  private static final String UTR_CHECK = "21987654321";
  private static final int NINO_BYTES = 9;

  private UnitedKingdom() {}

  /**
   * NHS number: ten digits with the weights 10 to 2 and modulus 11 (NHS Data Dictionary, "NHS
   * number"). Scotland's CHI and Northern Ireland's HSC number are computed alike and pass.
   */
  public static boolean nhs(byte[] text, int from, int to) {
    return Digits.are(text, from, to, NHS_DIGITS)
        && !Digits.areZeros(text, from, to)
        && WeightedDigits.falling(text, from, to, 1) % 11 == 0;
  }

  /**
   * National Insurance number: two letters, six digits, and a letter from A to D. D, F, I, Q, U, V
   * are not used, nor O in the second place, nor some pairs (HMRC, NIM39110). No check digit.
   */
  public static boolean nino(byte[] text, int from, int to) {
    return to - from == NINO_BYTES
        && Digits.areLetters(text, from, from + 2)
        && "DFIQUV".indexOf(text[from]) < 0
        && "DFIQUVO".indexOf(text[from + 1]) < 0
        && !isUnusedPair(text[from], text[from + 1])
        && Digits.are(text, from + 2, to - 1)
        && text[to - 1] >= 'A'
        && text[to - 1] <= 'D';
  }

  private static boolean isUnusedPair(byte c1, byte c2) {
    return switch (c1) {
      case 'B', 'T' -> c2 == (c1 == 'B' ? 'G' : 'N');
      case 'G' -> c2 == 'B';
      case 'K' -> c2 == 'N';
      case 'N' -> c2 == 'K' || c2 == 'T';
      case 'Z' -> c2 == 'Z';
      default -> false;
    };
  }

  /**
   * Unique taxpayer reference: ten digits, the first of which checks the others, weights 6 to 10
   * and 5 to 2, modulus 11 (HMRC, specification of the modulus 11 check for UTRs).
   */
  public static boolean utr(byte[] text, int from, int to) {
    return Digits.are(text, from, to, UTR_DIGITS)
        && !Digits.areZeros(text, from + 1, to)
        && text[from] == UTR_CHECK.charAt(WeightedDigits.sum(text, from + 1, UTR_WEIGHTS) % 11);
  }
}
