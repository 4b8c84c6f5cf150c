package io.mcpgovernor.pii.check;

/** Numbers of persons in South Korea. */
public final class SouthKorea {
  private static final int[] WEIGHTS = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};

  /** The month from which on the last six digits are random, the check digit included. */
  private static final int RANDOM_FROM = 2020_10;

  private SouthKorea() {}

  /**
   * Resident registration number, and that of foreigners: the day of birth, a digit for sex,
   * century and origin, and a check digit, weights 2 to 9, modulus 11 (enforcement rules of the
   * Resident Registration Act, article 2). Of those born since October 2020 only the day of birth
   * can be checked; those who changed their number since fail.
   */
  public static boolean rrn(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, WEIGHTS.length + 1)) {
      return false;
    }
    int sign = Digits.at(text, from + 6);
    boolean foreign = sign >= 5 && sign <= 8;
    int century =
        switch (sign) {
          case 1, 2, 5, 6 -> 1900;
          case 3, 4, 7, 8 -> 2000;
          default -> 1800;
        };
    int year = century + Digits.two(text, from);
    int month = Digits.two(text, from + 2);
    int check = (11 - WeightedDigits.sum(text, from, WEIGHTS) % 11 + (foreign ? 2 : 0)) % 10;
    return CalendarDay.exists(year, month, Digits.two(text, from + 4))
        && (year * 100 + month >= RANDOM_FROM || check == Digits.at(text, to - 1));
  }
}
