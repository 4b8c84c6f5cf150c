package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;

/**
 * Phone numbers: the two North American writings that are always taken for one, others that need a
 * plausible area and exchange (North American Numbering Plan), and international ones (E.164: at
 * most 15 digits after a plus).
 */
final class PhoneShape {
  static final int DIGITS_MIN = 7;
  static final int DIGITS_MAX = 15;

  /** No number, its separators and the label after it included, is longer. */
  static final int WRITTEN_MAX = 48;

  private static final int NATIONAL_DIGITS_MAX = 12;
  private static final int INTERNATIONAL_DIGITS_MIN = 8;
  private static final int EXTENSION_DIGITS_MAX = 6;

  /** The last group of a number that has an extension. */
  private static final int EXTENDED_DIGITS_MIN = 4;

  private static final byte[][] EXTENSION_WORDS = {
    ascii("extension"), ascii("extn"), ascii("ext"), ascii("x")
  };

  private PhoneShape() {}

  /**
   * {@code (ddd) ddd-dddd}, {@code (ddd)ddd-dddd} or {@code ddd-ddd-dddd} around the three digits
   * at {@code at}.
   *
   * @param low where the last finding ends
   */
  static long always(byte[] text, int from, int low, int at, int to) {
    boolean bracketed = isBracketed(text, low, at, to);
    if (!bracketed && !Ascii.is(text, at + 3, to, '-')) {
      return Span.NONE;
    }
    int exchange = bracketed && Ascii.is(text, at + 4, to, ' ') ? at + 5 : at + 4;
    if (!Ascii.digits(text, exchange, 3, to)
        || !Ascii.is(text, exchange + 3, to, '-')
        || !Ascii.digits(text, exchange + 4, 4, to)
        || (!bracketed && !Boundary.startsWord(text, from, at))
        || Boundary.goesOn(text, exchange + 8, to)) {
      return Span.NONE;
    }
    return whole(text, from, low, bracketed ? at - 1 : at, exchange + 8, to, to);
  }

  /**
   * Three, three and four digits with any of the usual separators, if area and exchange are
   * possible.
   *
   * @param high where the next finding begins, or the text ends
   */
  static long plausible(byte[] text, int from, int low, int at, int high, int to) {
    boolean bracketed = isBracketed(text, low, at, to);
    int exchange = separated(text, bracketed ? at + 4 : at + 3, bracketed, high);
    if (!Ascii.digits(text, exchange, 3, high)) {
      return Span.NONE;
    }
    int line = separated(text, exchange + 3, false, high);
    if (!Ascii.digits(text, line, 4, high) || Ascii.digitAt(text, line + 4, to)) {
      return Span.NONE;
    }
    if (text[at] < '2'
        || text[exchange] < '2'
        || (!bracketed && !Boundary.startsWord(text, from, at))
        || Boundary.isDotted(text, low, at, line + 4, high)
        || Boundary.goesOn(text, line + 4, to)
        || Boundary.isPriced(text, from, at)) {
      return Span.NONE;
    }
    return whole(text, from, low, bracketed ? at - 1 : at, line + 4, high, to);
  }

  /** After a plus: 8 to 15 digits, as many as there are. */
  static long international(byte[] text, int from, int low, int at, int high, int to) {
    int plus = at - 1;
    if (plus > low && text[plus] == '(' && text[plus - 1] == '+') {
      plus--;
    }
    if (plus < low || text[plus] != '+' || text[at] == '0') {
      return Span.NONE;
    }
    long groups = DigitGroups.read(text, at, high, DIGITS_MAX, false);
    if (DigitGroups.digits(groups) < INTERNATIONAL_DIGITS_MIN
        || isOffset(text, from, plus, at, to)) {
      return Span.NONE;
    }
    int end = DigitGroups.rowEnd(text, at, at + DigitGroups.length(groups), high);
    return Span.of(plus, extensionEnd(text, end, high));
  }

  /**
   * Where a number ends that is said to be a phone's, or {@code at} if it cannot be one.
   *
   * @param end where the digits at {@code at} end
   * @param whole whether these stand alone
   * @param hint how surely it was said: one of the three about phones
   */
  static int claimedEnd(byte[] text, int at, int end, boolean whole, int high, Hint hint) {
    if (whole) {
      int digits = end - at;
      boolean fits = hint == Hint.SAID ? digits <= DIGITS_MAX : isDialled(text, at, digits);
      return digits >= DIGITS_MIN && fits ? end : at;
    }
    if (hint == Hint.MAYBE) {
      int last = dialledEnd(text, at, high, 11);
      return last > at ? last : dialledEnd(text, at, high, 10);
    }
    int most = hint == Hint.SAID ? DIGITS_MAX : NATIONAL_DIGITS_MAX;
    long groups = DigitGroups.read(text, at, high, most, false);
    boolean fits = DigitGroups.digits(groups) >= DIGITS_MIN && !isOther(text, at, groups);
    return fits ? DigitGroups.rowEnd(text, at, at + DigitGroups.length(groups), high) : at;
  }

  private static int dialledEnd(byte[] text, int at, int high, int digits) {
    long groups = DigitGroups.read(text, at, high, digits, false);
    boolean fits = isDialled(text, at, DigitGroups.digits(groups)) && !isOther(text, at, groups);
    return fits ? DigitGroups.rowEnd(text, at, at + DigitGroups.length(groups), high) : at;
  }

  private static boolean isYear(byte[] text, int at) {
    return (text[at] == '1' && text[at + 1] == '9') || (text[at] == '2' && text[at + 1] == '0');
  }

  /**
   * A ZIP+4 code, a range of years, a decimal fraction or an IP address, not the groups of a phone
   * number.
   */
  private static boolean isOther(byte[] text, int at, long groups) {
    int shape = DigitGroups.shape(groups);
    if (shape == 0x44 && isYear(text, at) && isYear(text, at + 5)) {
      return true;
    }
    if (DigitGroups.separator(groups) != '.') {
      return shape == 0x54 && DigitGroups.separator(groups) == '-';
    }
    int count = 0;
    boolean small = true;
    for (int rest = shape; rest != 0; rest >>>= 4) {
      small &= (rest & 15) <= 3;
      count++;
    }
    return count == 2 || (count <= 4 && small);
  }

  /** Ten digits of North America, with or without its 1, or a national number with its 0. */
  private static boolean isDialled(byte[] text, int at, int digits) {
    return switch (digits) {
      case 10 -> text[at] != '1';
      case 11 -> text[at] == '0' || text[at] == '1';
      default -> false;
    };
  }

  /** {@code +0530} or {@code +1300} right after something: an offset from UTC. */
  private static boolean isOffset(byte[] text, int from, int plus, int at, int to) {
    return Ascii.digits(text, at, 4, to)
        && plus > from
        && (Ascii.isWord(text[plus - 1]) || text[plus - 1] == '*');
  }

  /** Whether digits are the last group of a number, with an extension right after them. */
  static boolean isExtended(byte[] text, int at, int end, int to) {
    return end - at >= EXTENDED_DIGITS_MIN && extensionEnd(text, end, to) > end;
  }

  /** Where the number ends that goes up to {@code end} and may have an extension after it. */
  static int extensionEnd(byte[] text, int end, int to) {
    int p = end;
    while (p < to && p - end < 2 && (text[p] == ' ' || text[p] == ',')) {
      p++;
    }
    for (byte[] word : EXTENSION_WORDS) {
      if (isWord(word, text, p, to)) {
        p += word.length;
        if (p < to && (text[p] == '.' || text[p] == ':')) {
          p++;
        }
        if (Ascii.is(text, p, to, ' ')) {
          p++;
        }
        int last = Ascii.digitsEnd(text, p, Math.min(to, p + EXTENSION_DIGITS_MAX));
        return last > p && Boundary.endsWord(text, last, to) ? last : end;
      }
    }
    return end;
  }

  /** Where a number begins whose area code at {@code at} may stand in brackets: "(37) 788-063". */
  static int bracketBefore(byte[] text, int low, int at, int end) {
    if (at > low && text[at - 1] == '(') {
      int close = Ascii.digitsEnd(text, at, end);
      return Ascii.is(text, close, end, ')') ? at - 1 : at;
    }
    return at;
  }

  private static boolean isWord(byte[] word, byte[] text, int at, int to) {
    if (at + word.length > to) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if ((text[at + i] | 0x20) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBracketed(byte[] text, int low, int at, int to) {
    return at > low && text[at - 1] == '(' && Ascii.is(text, at + 3, to, ')');
  }

  /** Adds prefix and extension, if the number is not part of a longer word. */
  private static long whole(byte[] text, int from, int low, int start, int end, int high, int to) {
    int last = extensionEnd(text, end, high);
    return last > end || Boundary.endsWord(text, end, to)
        ? Span.of(prefixStart(text, from, low, start), last)
        : Span.NONE;
  }

  /** Where the number begins that goes on at {@code start}: {@code +1 }, {@code 1-}, {@code +}. */
  private static int prefixStart(byte[] text, int from, int low, int start) {
    int p = start;
    if (p > low && (text[p - 1] == ' ' || text[p - 1] == '-' || text[p - 1] == '.')) {
      p--;
    }
    int digits = p;
    while (digits > low && p - digits < 3 && Ascii.isDigit(text[digits - 1])) {
      digits--;
    }
    if (digits > low && text[digits - 1] == '+') {
      return digits < p || p == start ? digits - 1 : start;
    }
    boolean trunk =
        p - digits == 1
            && text[digits] == '1'
            && (p == start || text[p] != ' ')
            && Boundary.startsWord(text, from, digits);
    boolean abroad =
        p - digits == 3
            && p < start
            && text[digits] == '0'
            && text[digits + 1] == '0'
            && Boundary.startsWord(text, from, digits);
    return trunk || abroad ? digits : start;
  }

  private static int separated(byte[] text, int at, boolean bracketed, int to) {
    int p = at;
    if (p < to && (text[p] == ' ' || text[p] == '-' || text[p] == '.' || text[p] == '/')) {
      return p + 1;
    }
    return bracketed ? p : to;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
