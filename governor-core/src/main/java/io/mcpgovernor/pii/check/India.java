package io.mcpgovernor.pii.check;

/** Numbers of persons and taxpayers in India. */
public final class India {
  private static final int AADHAAR_DIGITS = 12;
  private static final int PAN_BYTES = 10;
  private static final int GSTIN_BYTES = 15;

  private India() {}

  /**
   * Aadhaar: twelve digits from 2 to 9 on, which pass {@link Verhoeff} (UIDAI, "A UID numbering
   * scheme").
   */
  public static boolean aadhaar(byte[] text, int from, int to) {
    return Digits.are(text, from, to, AADHAAR_DIGITS)
        && text[from] >= '2'
        && Verhoeff.passes(text, from, to);
  }

  /**
   * Permanent account number: three letters, one for the kind of holder, one of the name, four
   * digits from 0001 on, a letter (Income Tax Department, "Structure of PAN"). The rule of the last
   * letter is not public.
   */
  public static boolean pan(byte[] text, int from, int to) {
    return to - from == PAN_BYTES
        && Digits.areLetters(text, from, from + 5)
        && "ABCEFGHJKLPT".indexOf(text[from + 3]) >= 0
        && Digits.are(text, from + 5, to - 1)
        && !Digits.areZeros(text, from + 5, to - 1)
        && Digits.isLetter(text[to - 1]);
  }

  /**
   * Goods and services tax number: code of the state, {@link #pan}, count of registrations, Z (C, D
   * for those who collect or deduct), and a check character, modulus 36 (GST Network, "GSTIN
   * structure"; the check is Luhn's in base 36).
   */
  public static boolean gstin(byte[] text, int from, int to) {
    if (to - from != GSTIN_BYTES
        || !Digits.are(text, from, from + 2)
        || !isState(Digits.two(text, from))
        || !pan(text, from + 2, from + 12)
        || text[from + 12] == '0'
        || "ZCD".indexOf(text[from + 13]) < 0) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < GSTIN_BYTES; i++) {
      int value = Digits.base36(text[from + i]);
      if (value < 0) {
        return false;
      }
      int product = value * (1 + i % 2);
      sum += product / 36 + product % 36;
    }
    return sum % 36 == 0;
  }

  /** States and union territories 01 to 38; other territory 97; central jurisdiction 99. */
  private static boolean isState(int code) {
    return (code >= 1 && code <= 38) || code == 97 || code == 99;
  }
}
