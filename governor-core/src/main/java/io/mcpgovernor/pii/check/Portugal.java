package io.mcpgovernor.pii.check;

/** Numbers of persons and companies in Portugal. */
public final class Portugal {
  private static final int DIGITS = 9;

  private Portugal() {}

  /**
   * NIF: a kind of taxpayer, and a check digit, weights 9 to 2, modulus 11, with 0 for 10 (decree
   * law 14/2013; Autoridade Tributária). The kinds are 1, 2, 3, 5, 6, 8, 45, 7 without 73 and 76,
   * 90, 91, 98 and 99.
   */
  public static boolean nif(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, DIGITS) || !isKind(Digits.two(text, from))) {
      return false;
    }
    int rest = WeightedDigits.falling(text, from, to - 1, 2) % 11;
    return Digits.at(text, to - 1) == (rest < 2 ? 0 : 11 - rest);
  }

  private static boolean isKind(int two) {
    return switch (two / 10) {
      case 0 -> false;
      case 4 -> two == 45;
      case 7 -> two != 73 && two != 76;
      case 9 -> two == 90 || two == 91 || two >= 98;
      default -> true;
    };
  }
}
