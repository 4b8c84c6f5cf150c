package io.mcpgovernor.pii.check;

/** Numbers of persons in Sweden. */
public final class Sweden {
  private static final int DIGITS = 10;
  private static final int DIGITS_WITH_CENTURY = 12;

  /** Added to the day in coordination numbers, of those who are not registered as residents. */
  private static final int COORDINATION = 60;

  private Sweden() {}

  /**
   * Personnummer and samordningsnummer: the day of birth, three digits, and a check digit that
   * makes the last ten pass {@link Luhn}; with the century or without (population registration act
   * 1991:481, section 18; Skatteverket SKV 704).
   */
  public static boolean personnummer(byte[] text, int from, int to) {
    int digits = to - from;
    if ((digits != DIGITS && digits != DIGITS_WITH_CENTURY) || !Digits.are(text, from, to)) {
      return false;
    }
    int start = to - DIGITS;
    int month = Digits.two(text, start + 2);
    int day = Digits.two(text, start + 4) % COORDINATION;
    return (digits == DIGITS
            ? CalendarDay.existsInSomeCentury(Digits.two(text, start), month, day)
            : isBirth((int) Digits.value(text, from, from + 4), month, day))
        && Luhn.sum(text, start, to) % 10 == 0;
  }

  private static boolean isBirth(int year, int month, int day) {
    return year >= 1800 && year < 2100 && CalendarDay.exists(year, month, day);
  }
}
