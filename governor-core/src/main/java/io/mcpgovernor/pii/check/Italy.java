package io.mcpgovernor.pii.check;

/** Numbers of persons in Italy. */
public final class Italy {
  private static final int BYTES = 16;

  /** A letter, or a digit that a letter may stand for where two persons share a code. */
  private static final String PLACES = "AAAAAA00A00A000A";

  /** The letters of omocodia, which stand for 0 to 9. */
  private static final String OMOCODIA = "LMNPQRSTUV";

  private static final String MONTHS = "ABCDEHLMPRST";
  private static final int WOMEN = 40;

  /** What the characters of odd places count: 0 to 9 as A to J. */
  private static final byte[] ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  private Italy() {}

  /**
   * Codice fiscale: letters of the names, the day of birth (plus 40 for women), the place, a check
   * letter, modulus 26 (ministerial decree of 23 December 1976; decree of the Ministry of Finance
   * 345 of 1983, and omocodia).
   */
  public static boolean codiceFiscale(byte[] text, int from, int to) {
    if (to - from != BYTES) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < BYTES; i++) {
      byte c = text[from + i];
      if (PLACES.charAt(i) == 'A' ? !Digits.isLetter(c) : digit(c) < 0) {
        return false;
      }
      int value = Digits.isDigit(c) ? c - '0' : c - 'A';
      sum += i == BYTES - 1 ? 0 : i % 2 == 0 ? ODD[value] : value;
    }
    int month = MONTHS.indexOf(text[from + 8]) + 1;
    int day = two(text, from + 9);
    return text[to - 1] == 'A' + sum % 26
        && CalendarDay.existsInSomeCentury(
            two(text, from + 6), month, day > WOMEN ? day - WOMEN : day);
  }

  private static int two(byte[] text, int at) {
    return digit(text[at]) * 10 + digit(text[at + 1]);
  }

  private static int digit(byte c) {
    return Digits.isDigit(c) ? c - '0' : OMOCODIA.indexOf(c);
  }
}
