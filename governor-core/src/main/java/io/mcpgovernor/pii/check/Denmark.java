package io.mcpgovernor.pii.check;

/** Numbers of persons in Denmark. */
public final class Denmark {
  private static final int DIGITS = 10;

  private Denmark() {}

  /**
   * CPR number: the day of birth and four digits, the first of which tells the century (CPR office,
   * "Personnummeret i CPR"). Since 2007 numbers are issued without the modulus 11 of old, so there
   * is no check digit to ask for.
   */
  public static boolean cpr(byte[] text, int from, int to) {
    return Digits.are(text, from, to, DIGITS)
        && CalendarDay.exists(
            year(Digits.two(text, from + 4), Digits.at(text, from + 6)),
            Digits.two(text, from + 2),
            Digits.two(text, from));
  }

  private static int year(int yearOfCentury, int sign) {
    if (sign <= 3) {
      return 1900 + yearOfCentury;
    }
    if (sign == 4 || sign == 9) {
      return (yearOfCentury <= 36 ? 2000 : 1900) + yearOfCentury;
    }
    return (yearOfCentury <= 57 ? 2000 : 1800) + yearOfCentury;
  }
}
