package io.mcpgovernor.pii.check;

/** Numbers of payment cards (ISO/IEC 7812). */
public final class PaymentCard {
  private static final int DIGITS_MIN = 13;
  private static final int DIGITS_MAX = 19;

  private PaymentCard() {}

  /**
   * 13 to 19 digits with a valid check digit ({@link Luhn}) in a range that a card network gives
   * out: Visa, Mastercard, American Express, Diners Club, Discover, JCB, UnionPay, Maestro, RuPay,
   * Elo, Mir, Verve, Troy, UATP, Napas, Uzcard, Humo. Ranges: ISO/IEC 7812-1 issuer identification
   * numbers as the networks publish them for merchants.
   */
  public static boolean number(byte[] text, int from, int to) {
    int digits = to - from;
    return digits >= DIGITS_MIN
        && digits <= DIGITS_MAX
        && Digits.are(text, from, to)
        && isIssued((int) Digits.value(text, from, from + 4), digits)
        && Luhn.sum(text, from, to) % 10 == 0;
  }

  /** Whether numbers of this length with these first four digits are given out. */
  private static boolean isIssued(int four, int digits) {
    return switch (four / 1000) {
      case 1 -> digits == 15; // UATP, JCB of old
      case 2 -> isTwo(four, digits);
      case 3 -> isThree(four, digits);
      case 4 -> digits == 13 || digits == 16 || digits == 19; // Visa, some of Elo
      case 5 -> isFive(four, digits);
      case 6 -> isSix(four, digits);
      case 8 -> isEight(four, digits);
      case 9 -> isNine(four, digits);
      default -> false;
    };
  }

  private static boolean isTwo(int four, int digits) {
    if (four >= 2221 && four <= 2720) {
      return digits == 16; // Mastercard
    }
    if (four >= 2200 && four <= 2204) {
      return digits >= 16; // Mir
    }
    return (four == 2205 && digits == 16) || (four == 2131 && digits == 15); // Borica; JCB of old
  }

  private static boolean isThree(int four, int digits) {
    int two = four / 100;
    if (two == 34 || two == 37) {
      return digits == 15; // American Express
    }
    if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059) || four == 3095) {
      return digits >= 14; // Diners Club
    }
    return four >= 3528 && four <= 3589 && digits >= 16; // JCB, some of RuPay
  }

  private static boolean isFive(int four, int digits) {
    int two = four / 100;
    if (two >= 51 && two <= 55) {
      return digits == 16; // Mastercard
    }
    return two == 50 || (two >= 56 && two <= 58); // Maestro, Elo, Verve, RuPay
  }

  private static boolean isSix(int four, int digits) {
    int two = four / 100;
    if (two == 60 || two == 62 || two == 65 || (four >= 6440 && four <= 6499)) {
      return digits >= 16; // Discover, UnionPay, RuPay, Elo, Troy, Verve
    }
    return two == 63 || (two >= 67 && two <= 69); // Maestro, Elo
  }

  private static boolean isEight(int four, int digits) {
    int two = four / 100;
    if (two == 81) {
      return digits >= 16; // UnionPay, RuPay
    }
    return (two == 82 || four == 8600) && digits == 16; // RuPay; Uzcard
  }

  private static boolean isNine(int four, int digits) {
    if (four == 9704) {
      return digits == 16 || digits == 19; // Napas
    }
    return (four == 9792 || four == 9860) && digits == 16; // Troy; Humo
  }
}
