package io.mcpgovernor.bench.accuracy;

import java.math.BigInteger;

/** Check digits of the numbers that are made here, computed the plain way. */
final class CheckDigits {
  private static final int[][] VERHOEFF_TIMES = new int[10][10];
  private static final int[][] VERHOEFF_TURN = new int[8][10];

  static {
    // The dihedral group of the pentagon: 0 to 4 turn it, 5 to 9 turn it over.
    for (int a = 0; a < 10; a++) {
      for (int b = 0; b < 10; b++) {
        int turned = a < 5 ? (a + b) % 5 : Math.floorMod(a - b, 5);
        VERHOEFF_TIMES[a][b] = (a < 5) == (b < 5) ? turned : turned + 5;
      }
    }
    int[] turn = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    for (int digit = 0; digit < 10; digit++) {
      VERHOEFF_TURN[0][digit] = digit;
      for (int i = 1; i < 8; i++) {
        VERHOEFF_TURN[i][digit] = turn[VERHOEFF_TURN[i - 1][digit]];
      }
    }
  }

  private CheckDigits() {}

  /** The digit that makes the whole pass ISO/IEC 7812-1 annex B (Luhn). */
  static int luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit * 2 : digit;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return (10 - sum % 10) % 10;
  }

  /** Verhoeff's digit. */
  static int verhoeff(String digits) {
    for (int check = 0; check < 10; check++) {
      if (verhoeffSum(digits + check) == 0) {
        return check;
      }
    }
    throw new IllegalStateException("one of ten digits always fits");
  }

  private static int verhoeffSum(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum = VERHOEFF_TIMES[sum][VERHOEFF_TURN[i % 8][digit]];
    }
    return sum;
  }

  /** The two check digits of an IBAN (ISO 13616: mod 97-10, letters count from 10). */
  static String iban(String country, String account) {
    StringBuilder number = new StringBuilder();
    (account + country + "00").chars().forEach(c -> number.append(Character.digit(c, 36)));
    int rest = new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
    return String.format(java.util.Locale.ROOT, "%02d", 98 - rest);
  }

  /** Each digit times its weight, added up. */
  static int weighted(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (digits.charAt(i) - '0') * weights[i];
    }
    return sum;
  }
}
