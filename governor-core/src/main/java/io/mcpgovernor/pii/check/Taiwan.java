package io.mcpgovernor.pii.check;

/** Numbers of persons in Taiwan. */
public final class Taiwan {
  private static final int BYTES = 10;

  /** The numbers from 10 on that the letters stand for, in their order. */
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO";

  private Taiwan() {}

  /**
   * National identity number (second character 1 or 2), that of foreign residents (8 or 9, before
   * 2021 A to D): a letter for the place, and a check digit, weights 1, 9 to 1 and 1, modulus 10
   * (Department of Household Registration; National Immigration Agency).
   */
  public static boolean nationalId(byte[] text, int from, int to) {
    if (to - from != BYTES
        || !Digits.isLetter(text[from])
        || "1289ABCD".indexOf(text[from + 1]) < 0
        || !Digits.are(text, from + 2, to)) {
      return false;
    }
    int place = number(text[from]);
    int second =
        Digits.isDigit(text[from + 1]) ? Digits.at(text, from + 1) : number(text[from + 1]) % 10;
    int sum = place / 10 + place % 10 * 9 + second * 8;
    sum += WeightedDigits.falling(text, from + 2, to - 1, 1) + Digits.at(text, to - 1);
    return sum % 10 == 0;
  }

  private static int number(byte letter) {
    return 10 + LETTERS.indexOf(letter);
  }
}
