package io.mcpgovernor.pii.check;

/** Numbers of persons in Poland. */
public final class Poland {
  private static final int DIGITS = 11;
  private static final int[] WEIGHTS = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};

  private Poland() {}

  /**
   * PESEL: a day of birth from 1800 to 2299, whose century is added to the month, a serial, and a
   * check digit, modulus 10 (act on population registration, 24 September 2010, article 15).
   */
  public static boolean pesel(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, DIGITS)) {
      return false;
    }
    int month = Digits.two(text, from + 2);
    int century = month / 20 == 4 ? 1800 : 1900 + month / 20 * 100;
    return CalendarDay.exists(
            century + Digits.two(text, from), month % 20, Digits.two(text, from + 4))
        && WeightedDigits.sum(text, from, WEIGHTS) % 10 == 0;
  }
}
