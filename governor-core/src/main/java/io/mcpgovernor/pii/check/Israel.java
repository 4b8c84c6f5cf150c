package io.mcpgovernor.pii.check;

/** Numbers of persons in Israel. */
public final class Israel {
  private static final int DIGITS = 9;

  private Israel() {}

  /**
   * Teudat Zehut: nine digits, leading zeros included, which pass {@link Luhn} (Population and
   * Immigration Authority).
   */
  public static boolean teudatZehut(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && !Digits.areZeros(text, from, to)
        && Luhn.sum(text, from, to) % 10 == 0;
  }
}
