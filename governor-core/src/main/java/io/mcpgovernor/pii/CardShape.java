package io.mcpgovernor.pii;

/**
 * Payment card numbers (ISO/IEC 7812): four groups of four always; other writings only with a valid
 * check digit and the beginning of a number that some issuer gives out.
 */
final class CardShape {
  static final int DIGITS_MIN = 13;
  static final int DIGITS_MAX = 19;

  private static final int GROUP = 4;
  private static final int STEP = GROUP + 1;
  private static final int ROW = 4;

  private CardShape() {}

  /** Whether the four digits at {@code at} are followed by a separator and four more. */
  static boolean isRow(byte[] text, int at, int to) {
    return at + GROUP < to
        && (text[at + GROUP] == ' ' || text[at + GROUP] == '-')
        && Ascii.digits(text, at + STEP, GROUP, to);
  }

  /**
   * Adds the cards in the row of four-digit groups that begins at {@code at}. Exactly four groups
   * are a card. Of more, those four in a row are that pass for a card number: tracking numbers and
   * tables of years are written like this, too.
   *
   * @return where to go on; past {@code at}
   */
  static int addRow(byte[] text, int at, int to, Findings findings) {
    int first = at;
    byte separator = text[first + GROUP];
    int groups = groups(text, first, to, separator);
    int last = first + (groups - 1) * STEP;
    if (checked(text, last, last, last + GROUP, to, to) != Span.NONE) {
      groups--; // a card of other grouping begins there
    }
    int cleared = first;
    int group = 0;
    while (groups - group >= ROW) {
      int start = first + group * STEP;
      int end = start + ROW * STEP - 1;
      if (groups - group == ROW && start == cleared) {
        findings.add(start, end, Kinds.CARD);
        // If the last group is the first of another card as well, both become one finding.
        byte other = separator == ' ' ? (byte) '-' : (byte) ' ';
        return groups(text, last, to, other) == ROW ? last : end;
      }
      if (isNumber(text, start, end)) {
        if (start - cleared == ROW * STEP) {
          findings.add(cleared, start - 1, Kinds.CARD); // four groups are left over before it
        }
        findings.add(start, end, Kinds.CARD);
        group += ROW;
        cleared = first + group * STEP;
      } else {
        group++;
      }
    }
    // A finding may end behind the last group, which otherwise may begin something else.
    return Math.max(cleared - 1, Math.max(last, first + GROUP));
  }

  /**
   * A card number at {@code at} told by its check digit and issuer: digits alone, or in the groups
   * of American Express and Diners Club.
   *
   * @param end where the digits at {@code at} end
   */
  static long checked(byte[] text, int low, int at, int end, int high, int to) {
    int last = end;
    if (end - at == GROUP && end < high && (text[end] == ' ' || text[end] == '-')) {
      int third = end + 7;
      if (!Ascii.digits(text, end + 1, 6, high) || !Ascii.is(text, third, high, (char) text[end])) {
        return Span.NONE;
      }
      last = Ascii.digitsEnd(text, third + 1, high);
      if (last - third != 5 && last - third != 6) {
        return Span.NONE;
      }
    } else if (end - at < DIGITS_MIN || end - at > DIGITS_MAX) {
      return Span.NONE;
    }
    boolean apart =
        Boundary.endsWord(text, last, to) && !Boundary.isDotted(text, low, at, last, high);
    return apart && isNumber(text, at, last) ? Span.of(at, last) : Span.NONE;
  }

  /**
   * Where a number ends that is said to be a card's, or {@code at} if it cannot be one.
   *
   * @param end where the digits at {@code at} end
   * @param whole whether these stand alone
   * @param certain whether its field says so; words before it may mean another number
   */
  static int claimedEnd(byte[] text, int at, int end, boolean whole, int high, boolean certain) {
    if (whole) {
      int digits = end - at;
      if (digits == DIGITS_MIN - 1) {
        return certain || isChecked(text, at, end) ? end : at; // some Maestro cards
      }
      boolean fits = digits >= DIGITS_MIN && digits <= DIGITS_MAX;
      return fits && (certain || !isTime(text, at, digits)) ? end : at;
    }
    long groups = DigitGroups.read(text, at, high, DIGITS_MAX, !certain);
    boolean fits = DigitGroups.digits(groups) >= DIGITS_MIN && DigitGroups.separator(groups) != '.';
    return fits ? DigitGroups.rowEnd(text, at, at + DigitGroups.length(groups), high) : at;
  }

  /** Milli-, micro- or nanoseconds since 1970, from 2017 on for some thirty years. */
  private static boolean isTime(byte[] text, int at, int digits) {
    return (digits == 13 || digits == 16 || digits == 19) && text[at] == '1' && text[at + 1] >= '5';
  }

  /** How many groups of exactly four digits stand in a row, with one separator between each. */
  private static int groups(byte[] text, int at, int to, byte separator) {
    int groups = 1;
    int end = at + GROUP;
    while (end < to
        && text[end] == separator
        && Ascii.digits(text, end + 1, GROUP, to)
        && Boundary.endsWord(text, end + STEP, to)) {
      groups++;
      end += STEP;
    }
    return groups;
  }

  /** Whether the digits from {@code start} to {@code end}, other signs aside, pass for a card. */
  static boolean isNumber(byte[] text, int start, int end) {
    int digits = 0;
    for (int i = start; i < end; i++) {
      digits += Ascii.isDigit(text[i]) ? 1 : 0;
    }
    return isIssued(prefix(text, start, end), digits) && isChecked(text, start, end);
  }

  /** Whether the last digit is the check digit of the others (ISO/IEC 7812-1 annex B, Luhn). */
  private static boolean isChecked(byte[] text, int start, int end) {
    int digits = 0;
    int sum = 0;
    for (int i = end - 1; i >= start; i--) {
      if (Ascii.isDigit(text[i])) {
        int digit = text[i] - '0';
        if ((digits++ & 1) != 0) {
          digit = digit < 5 ? digit * 2 : digit * 2 - 9;
        }
        sum += digit;
      }
    }
    return sum % 10 == 0;
  }

  /** The first four digits. */
  private static int prefix(byte[] text, int start, int end) {
    int prefix = 0;
    int digits = 0;
    for (int i = start; i < end && digits < 4; i++) {
      if (Ascii.isDigit(text[i])) {
        prefix = prefix * 10 + text[i] - '0';
        digits++;
      }
    }
    return prefix;
  }

  /** Whether numbers of this length that begin so are given out, by the networks' public ranges. */
  private static boolean isIssued(int prefix, int digits) {
    int two = prefix / 100;
    int three = prefix / 10;
    if (two / 10 == 4) {
      return digits == 13 || digits == 16 || digits == 19; // Visa
    }
    if ((two >= 51 && two <= 55) || (prefix >= 2221 && prefix <= 2720)) {
      return digits == 16; // Mastercard
    }
    if (two == 34 || two == 37) {
      return digits == 15; // American Express
    }
    if ((three >= 300 && three <= 305) || three == 309 || two == 36 || two == 38 || two == 39) {
      return digits >= 14 && digits <= DIGITS_MAX; // Diners Club
    }
    if (prefix >= 3528 && prefix <= 3589) {
      return digits >= 16 && digits <= DIGITS_MAX; // JCB
    }
    if (prefix == 6011 || (three >= 644 && three <= 649) || two == 65 || two == 62 || two == 60) {
      return digits >= 16 && digits <= DIGITS_MAX; // Discover, UnionPay, RuPay
    }
    return (two == 50 || (two >= 56 && two <= 58) || two == 63 || (two >= 67 && two <= 69))
        && digits >= DIGITS_MIN
        && digits <= DIGITS_MAX; // Maestro
  }
}
