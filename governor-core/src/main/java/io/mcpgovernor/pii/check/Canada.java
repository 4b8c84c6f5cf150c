package io.mcpgovernor.pii.check;

/** Numbers of persons in Canada. */
public final class Canada {
  private static final int DIGITS = 9;

  private Canada() {}

  /**
   * Social insurance number: nine digits, not from 0 or 8 on, which pass {@link Luhn} (Service
   * Canada, Social Insurance Register; 0 is not issued, 8 begins business numbers).
   */
  public static boolean sin(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && text[from] != '0'
        && text[from] != '8'
        && Luhn.sum(text, from, to) % 10 == 0;
  }
}
