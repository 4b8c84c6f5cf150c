package io.mcpgovernor.pii.check;

/** Numbers of persons in Norway. */
public final class Norway {
  private static final int DIGITS = 11;
  private static final int[] FIRST = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
  private static final int[] SECOND = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};

  private Norway() {}

  /**
   * Fødselsnummer, and D-number (day plus 40) of foreigners: the day of birth, three digits, two
   * check digits by modulus 11 (regulation on the population register, section 2-2). Numbers of
   * emergency wards and of tests (month plus 40 or 80) pass as well.
   */
  public static boolean fodselsnummer(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && text[from] < '8'
        && CalendarDay.existsInSomeCentury(
            Digits.two(text, from + 4),
            Digits.two(text, from + 2) % 40,
            Digits.two(text, from) % 40)
        && WeightedDigits.sum(text, from, FIRST) % 11 == 0
        && WeightedDigits.sum(text, from, SECOND) % 11 == 0;
  }
}
