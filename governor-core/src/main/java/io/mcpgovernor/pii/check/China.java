package io.mcpgovernor.pii.check;

/** Numbers of persons in China. */
public final class China {
  private static final int BYTES = 18;
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECK = "10X98765432";

  private China() {}

  /**
   * Resident identity number: the province and county, the day of birth, three digits, and a check
   * digit or X by MOD 11-2 (GB 11643-1999; ISO/IEC 7064; provinces by GB/T 2260, residence permits
   * for Hong Kong, Macao and Taiwan included).
   */
  public static boolean residentId(byte[] text, int from, int to) {
    if (to - from != BYTES || !Digits.are(text, from, to - 1)) {
      return false;
    }
    int year = (int) Digits.value(text, from + 6, from + 10);
    return isProvince(Digits.two(text, from))
        && year >= 1800
        && year < 2100
        && CalendarDay.exists(year, Digits.two(text, from + 10), Digits.two(text, from + 12))
        && text[to - 1] == CHECK.charAt(WeightedDigits.sum(text, from, WEIGHTS) % 11);
  }

  private static boolean isProvince(int code) {
    return switch (code / 10) {
      case 1 -> code >= 11 && code <= 15;
      case 2 -> code >= 21 && code <= 23;
      case 3 -> code >= 31 && code <= 37;
      case 4 -> code >= 41 && code <= 46;
      case 5 -> code <= 54;
      case 6 -> code >= 61 && code <= 65;
      case 7 -> code == 71;
      case 8 -> code >= 81 && code <= 83;
      default -> code == 91;
    };
  }
}
