package io.mcpgovernor.pii.check;

/** Numbers of persons in South Africa. */
public final class SouthAfrica {
  private static final int DIGITS = 13;
  private static final int CITIZENSHIP = 10;

  private SouthAfrica() {}

  /**
   * Identity number: the day of birth, four digits, citizenship (0 citizen, 1 resident, 2 refugee),
   * a digit without meaning today, and the check digit of {@link Luhn} (Identification Act 68 of
   * 1997; Department of Home Affairs).
   */
  public static boolean identityNumber(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && text[from + CITIZENSHIP] <= '2'
        && CalendarDay.existsInSomeCentury(
            Digits.two(text, from), Digits.two(text, from + 2), Digits.two(text, from + 4))
        && Luhn.sum(text, from, to) % 10 == 0;
  }
}
