package io.mcpgovernor.pii.check;

/** Numbers of persons in Belgium. */
public final class Belgium {
  private static final int DIGITS = 11;
  private static final int KEY = 97;
  private static final int SERIAL_MAX = 998;

  private Belgium() {}

  /**
   * National number, and BIS number of foreigners (month plus 20 or 40): the day of birth, a serial
   * from 001 to 998, a key, modulus 97, for which 2 stands before those born from 2000 on (royal
   * decree of 3 April 1984). A day or month that is not known is zero.
   */
  public static boolean nationalNumber(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, DIGITS)) {
      return false;
    }
    int serial = (int) Digits.value(text, from + 6, from + 9);
    long number = Digits.value(text, from, to - 2);
    long key = Digits.two(text, to - 2);
    return isBirth(text, from)
        && serial >= 1
        && serial <= SERIAL_MAX
        && (key == KEY - number % KEY || key == KEY - (2_000_000_000 + number) % KEY);
  }

  private static boolean isBirth(byte[] text, int from) {
    int month = Digits.two(text, from + 2);
    int monthOfYear = month % 20;
    int day = Digits.two(text, from + 4);
    if (month >= 60) {
      return false;
    }
    if (monthOfYear == 0 || day == 0) {
      return monthOfYear <= 12 && day <= 31;
    }
    return CalendarDay.existsInSomeCentury(Digits.two(text, from), monthOfYear, day);
  }
}
