package io.mcpgovernor.pii.check;

/** Numbers of persons in Turkey. */
public final class Turkey {
  private static final int DIGITS = 11;

  /** Seven times the odd places less the even ones, less the tenth digit. */
  private static final int[] TENTH = {7, -1, 7, -1, 7, -1, 7, -1, 7, -1};

  private static final int[] ELEVENTH = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1};

  private Turkey() {}

  /**
   * T.C. Kimlik No: eleven digits, not from 0 on, the last two of which are check digits, modulus
   * 10 (act on population services 5490, article 46; General Directorate of Population).
   */
  public static boolean tckn(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && text[from] != '0'
        && WeightedDigits.sum(text, from, TENTH) % 10 == 0
        && WeightedDigits.sum(text, from, ELEVENTH) % 10 == 0;
  }
}
