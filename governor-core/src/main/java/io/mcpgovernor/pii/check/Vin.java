package io.mcpgovernor.pii.check;

/** Vehicle identification numbers (ISO 3779). */
public final class Vin {
  private static final int BYTES = 17;
  private static final int CHECK_PLACE = 8;
  private static final int SERIAL_DIGITS_MIN = 4;
  private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

  /** What A to Z count; 0 for I, O and Q, which are not used because they look like digits. */
  private static final byte[] LETTERS = {
    1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9
  };

  private Vin() {}

  /**
   * 17 letters and digits without I, O and Q, the last four digits, with the check digit of 49 CFR
   * 565.15(c) in the ninth place. North America and China demand it, Europe does not: many European
   * numbers fail. Digits alone fail as well: they are time stamps and counters.
   */
  public static boolean number(byte[] text, int from, int to) {
    if (to - from != BYTES || !Digits.are(text, to - SERIAL_DIGITS_MIN, to)) {
      return false;
    }
    int sum = 0;
    boolean lettered = false;
    for (int i = 0; i < BYTES; i++) {
      byte c = text[from + i];
      int value = Digits.isDigit(c) ? c - '0' : Digits.isLetter(c) ? LETTERS[c - 'A'] : -1;
      boolean letter = Digits.isLetter(c);
      if (value < 0 || (letter && value == 0)) {
        return false;
      }
      lettered |= letter && i != CHECK_PLACE;
      sum += WEIGHTS[i] * value;
    }
    int check = sum % 11;
    return lettered && text[from + CHECK_PLACE] == (check == 10 ? 'X' : '0' + check);
  }
}
