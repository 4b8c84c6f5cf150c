package io.mcpgovernor.pii.check;

/** Days of the Gregorian calendar, as numbers of persons begin with them. */
final class CalendarDay {
  private static final byte[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private CalendarDay() {}

  /** Whether there is such a day. */
  static boolean exists(int year, int month, int day) {
    boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return existsInSomeCentury(leap ? 0 : 1, month, day);
  }

  /** Whether there is such a day in a year with these last two digits, whatever the century. */
  static boolean existsInSomeCentury(int yearOfCentury, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= DAYS[month - 1]
        && (month != 2 || day < 29 || yearOfCentury % 4 == 0);
  }
}
