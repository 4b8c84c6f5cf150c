package io.mcpgovernor.pii.check;

/** Numbers of persons in Mexico. */
public final class Mexico {
  private static final int BYTES = 18;
  private static final int CENTURY = 16;

  /** Where an Ñ would stand among the characters: those after N count one more. */
  private static final int AFTER_N = Digits.base36((byte) 'O');

  private static final String STATES =
      "AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN"
          + " ZS NE";

  private Mexico() {}

  /**
   * CURP: letters of the names, the day of birth, sex (H, M, X), state, consonants of the names, a
   * digit for those born before 2000 or else a letter, and a check digit, modulus 10 (Secretariat
   * of the Interior, normative instruction for the assignment of the CURP, 18 October 2021).
   */
  public static boolean curp(byte[] text, int from, int to) {
    if (to - from != BYTES
        || !Digits.areLetters(text, from, from + 4)
        || "AEIOUX".indexOf(text[from + 1]) < 0
        || !Digits.are(text, from + 4, from + 10)
        || "HMX".indexOf(text[from + 10]) < 0
        || !isState(text[from + 11], text[from + 12])
        || !areConsonants(text, from + 13, from + 16)
        || Digits.base36(text[from + CENTURY]) < 0
        || !Digits.isDigit(text[to - 1])) {
      return false;
    }
    int century = Digits.isDigit(text[from + CENTURY]) ? 1900 : 2000;
    return CalendarDay.exists(
            century + Digits.two(text, from + 4),
            Digits.two(text, from + 6),
            Digits.two(text, from + 8))
        && isChecked(text, from);
  }

  private static boolean areConsonants(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Digits.isLetter(text[i]) || "AEIOU".indexOf(text[i]) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isState(byte c1, byte c2) {
    for (int i = 0; i < STATES.length(); i += 3) {
      if (STATES.charAt(i) == c1 && STATES.charAt(i + 1) == c2) {
        return true;
      }
    }
    return false;
  }

  private static boolean isChecked(byte[] text, int from) {
    int sum = 0;
    for (int i = 0; i < BYTES; i++) {
      int value = Digits.base36(text[from + i]);
      sum += (BYTES - i) * (value < AFTER_N ? value : value + 1);
    }
    return sum % 10 == 0;
  }
}
