package io.mcpgovernor.pii.check;

/** Numbers of persons and companies in Argentina. */
public final class Argentina {
  private static final int DIGITS = 11;
  private static final int[] WEIGHTS = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

  private Argentina() {}

  /**
   * CUIT and CUIL: a kind, the DNI of the person or a number of the company, a check digit, modulus
   * 11, with 9 for 10 (AFIP, general resolution 1817 of 2005; ANSES for the CUIL). The kinds are
   * 20, 23 to 27, 30, 33, 34, 50, 51 and 55.
   */
  public static boolean cuit(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, DIGITS) || !isKind(Digits.two(text, from))) {
      return false;
    }
    return text[to - 1] == "09987654321".charAt(WeightedDigits.sum(text, from, WEIGHTS) % 11);
  }

  private static boolean isKind(int kind) {
    return switch (kind) {
      case 20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 51, 55 -> true;
      default -> false;
    };
  }
}
