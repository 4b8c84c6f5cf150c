package io.mcpgovernor.pii.check;

/** Numbers of persons in Thailand. */
public final class Thailand {
  private static final int DIGITS = 13;

  private Thailand() {}

  /**
   * National identity number: a kind of person from 1 to 8, a province (TIS 1099), and a check
   * digit, weights 13 to 2, modulus 11 (Department of Provincial Administration).
   */
  public static boolean nationalId(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && text[from] >= '1'
        && text[from] <= '8'
        && isProvince(Digits.two(text, from + 1))
        && (11 - WeightedDigits.falling(text, from, to - 1, 2) % 11) % 10
            == Digits.at(text, to - 1);
  }

  private static boolean isProvince(int code) {
    int ofRegion = code % 10;
    return switch (code / 10) {
      case 0 -> false;
      case 1, 3, 4 -> true;
      case 2, 6, 7 -> ofRegion <= 7;
      case 5 -> ofRegion <= 8;
      default -> ofRegion <= 6;
    };
  }
}
