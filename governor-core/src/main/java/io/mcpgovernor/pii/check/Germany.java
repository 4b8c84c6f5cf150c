package io.mcpgovernor.pii.check;

/** Numbers of persons in Germany. */
public final class Germany {
  private static final int DIGITS = 11;

  private Germany() {}

  /**
   * Steuerliche Identifikationsnummer: eleven digits, not from 0 on. Of the first ten, exactly one
   * occurs twice or three times, and not three times in a row; the last is a check digit by MOD
   * 11,10 (section 139b AO; ISO/IEC 7064; Federal Central Tax Office).
   */
  public static boolean steuerId(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && text[from] != '0'
        && hasOneRepeated(text, from, to - 1)
        && isChecked(text, from, to);
  }

  private static boolean hasOneRepeated(byte[] text, int from, int to) {
    int repeated = 0;
    for (byte digit = '0'; digit <= '9'; digit++) {
      int count = 0;
      int row = 0;
      for (int i = from; i < to; i++) {
        row = text[i] == digit ? row + 1 : 0;
        count += text[i] == digit ? 1 : 0;
        if (row == 3) {
          return false;
        }
      }
      if (count > 3) {
        return false;
      }
      repeated += count > 1 ? 1 : 0;
    }
    return repeated == 1;
  }

  /** Each step adds a digit, by modulus 10 with 10 for 0, and doubles, by modulus 11. */
  private static boolean isChecked(byte[] text, int from, int to) {
    int product = 10;
    for (int i = from; i < to - 1; i++) {
      int sum = (Digits.at(text, i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (product + Digits.at(text, to - 1)) % 10 == 1;
  }
}
