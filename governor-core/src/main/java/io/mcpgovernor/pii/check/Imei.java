package io.mcpgovernor.pii.check;

/** International mobile equipment identities (3GPP TS 23.003, clause 6.2). */
public final class Imei {
  private static final int DIGITS = 15;

  private Imei() {}

  /** 15 digits, the last of which is the check digit of the others ({@link Luhn}). */
  public static boolean number(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && !Digits.areZeros(text, from, to)
        && Luhn.sum(text, from, to) % 10 == 0;
  }
}
