package io.mcpgovernor.pii.check;

/** Numbers of persons, employers, banks and medicine in the United States. */
public final class UnitedStates {
  private static final int TAX_DIGITS = 9;
  private static final int NPI_DIGITS = 10;

  /** What the prefix 80840 of health cards adds to the Luhn sum of ten digits. */
  private static final int NPI_PREFIX_SUM = 24;

  private static final int MBI_BYTES = 11;

  /** What may stand where in an MBI: 1 a digit but zero, 0 a digit, A a letter, X either. */
  private static final String MBI = "1AX0AX0AA00";

  private static final int DEA_BYTES = 9;

  private UnitedStates() {}

  /**
   * Social Security number: nine digits; no area 000, 666 or 900 and above, no group 00, no serial
   * 0000; neither of the two numbers that were printed as samples (SSA, "Social Security Number
   * Randomization"; POMS RM 10201.035). There is no check digit.
   */
  public static boolean ssn(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, TAX_DIGITS)) {
      return false;
    }
    int number = (int) Digits.value(text, from, to);
    int area = number / 1_000_000;
    return area != 0
        && area != 666
        && area < 900
        && number / 10_000 % 100 != 0
        && number % 10_000 != 0
        && number != 78_05_1120
        && number != 219_09_9999;
  }

  /**
   * Individual taxpayer identification number: nine digits from 9 on, of which the fourth and fifth
   * are 50-65, 70-88, 90-92 or 94-99 (IRS, Internal Revenue Manual 3.21.263). No check digit.
   */
  public static boolean itin(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, TAX_DIGITS) || text[from] != '9') {
      return false;
    }
    int group = Digits.two(text, from + 3);
    return (group >= 50 && group <= 65)
        || (group >= 70 && group <= 88)
        || (group >= 90 && group != 93);
  }

  /**
   * Employer identification number: nine digits that begin with the prefix of a campus (IRS, "How
   * EINs are assigned and valid EIN prefixes"). No check digit.
   */
  public static boolean ein(byte[] text, int from, int to) {
    return Digits.are(text, from, to, TAX_DIGITS) && isCampus(Digits.two(text, from));
  }

  private static boolean isCampus(int prefix) {
    return switch (prefix / 10) {
      case 0 -> prefix >= 1 && prefix <= 6;
      case 1 -> prefix <= 16;
      case 2 -> prefix <= 27;
      case 3, 5 -> true;
      case 4, 6, 8 -> prefix % 10 <= 8;
      case 7 -> prefix >= 71 && prefix <= 77;
      default -> prefix <= 95 || prefix >= 98;
    };
  }

  /**
   * ABA routing number of a bank: nine digits with the weights 3, 7, 1; the first two are 00-12,
   * 21-32, 61-72 or 80 (American Bankers Association, "Key to Routing Numbers"; Federal Reserve).
   */
  public static boolean abaRouting(byte[] text, int from, int to) {
    if (!Digits.are(text, from, to, TAX_DIGITS) || Digits.areZeros(text, from, to)) {
      return false;
    }
    int district = Digits.two(text, from);
    boolean assigned =
        district <= 12
            || (district >= 21 && district <= 32)
            || (district >= 61 && district <= 72)
            || district == 80;
    int sum = 0;
    for (int i = from; i < to; i += 3) {
      sum += 3 * Digits.at(text, i) + 7 * Digits.at(text, i + 1) + Digits.at(text, i + 2);
    }
    return assigned && sum % 10 == 0;
  }

  /**
   * National provider identifier: ten digits from 1 or 2 on, which pass {@link Luhn} behind the
   * prefix 80840 (45 CFR 162.406; CMS, "NPI check digit calculation").
   */
  public static boolean npi(byte[] text, int from, int to) {
    return Digits.are(text, from, to, NPI_DIGITS)
        && (text[from] == '1' || text[from] == '2')
        && (Luhn.sum(text, from, to) + NPI_PREFIX_SUM) % 10 == 0;
  }

  /**
   * Medicare beneficiary identifier: eleven characters, for each of which is laid down whether it
   * is a digit or a letter; no S, L, O, I, B, Z (CMS, "Understanding the MBI format"). No check
   * digit.
   */
  public static boolean mbi(byte[] text, int from, int to) {
    if (to - from != MBI_BYTES) {
      return false;
    }
    for (int i = 0; i < MBI_BYTES; i++) {
      byte c = text[from + i];
      boolean digit = Digits.isDigit(c);
      boolean letter = Digits.isLetter(c) && "SLOIBZ".indexOf(c) < 0;
      boolean fits =
          switch (MBI.charAt(i)) {
            case '1' -> digit && c != '0';
            case '0' -> digit;
            case 'A' -> letter;
            default -> digit || letter;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /**
   * DEA registration: a letter for the kind of registrant, a letter of the name or 9, and seven
   * digits, the last of which is that of the odd places plus twice the even ones (DEA Diversion
   * Control Division, Practitioner's Manual).
   */
  public static boolean dea(byte[] text, int from, int to) {
    if (to - from != DEA_BYTES
        || !isDeaKind(text[from])
        || (!Digits.isLetter(text[from + 1]) && text[from + 1] != '9')
        || !Digits.are(text, from + 2, to)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += Digits.at(text, from + 2 + i) * (1 + i % 2);
    }
    return sum % 10 == Digits.at(text, to - 1);
  }

  private static boolean isDeaKind(byte c) {
    return (c >= 'A' && c <= 'H') || (c >= 'J' && c <= 'M') || (c >= 'P' && c <= 'U') || c == 'X';
  }
}
