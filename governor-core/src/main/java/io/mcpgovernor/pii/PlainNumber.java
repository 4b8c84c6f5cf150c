package io.mcpgovernor.pii;

/**
 * Integers that were written as fractions or with exponents: a phone number that went through a
 * spreadsheet comes out as {@code 5551234567.0}, through a double as {@code 5.551234567E9}.
 */
final class PlainNumber {
  private static final int DIGITS_MAX = 20;
  private static final int WRITTEN_MAX = 40;

  private PlainNumber() {}

  /**
   * Writes a valid JSON number in plain digits.
   *
   * @param digits takes the digits; at least {@link #ROOM} bytes
   * @return how many digits, or 0 if the number is no integer of at most 20 digits
   */
  static int write(byte[] text, int from, int to, byte[] digits) {
    if (to - from > WRITTEN_MAX) {
      return 0;
    }
    int count = 0;
    int fraction = 0;
    boolean inFraction = false;
    int at = from;
    for (; at < to && (text[at] | 0x20) != 'e'; at++) {
      if (text[at] == '.') {
        inFraction = true;
      } else if (Ascii.isDigit(text[at])) {
        digits[count++] = text[at];
        fraction += inFraction ? 1 : 0;
      }
    }
    fraction -= exponent(text, at + 1, to);
    while (fraction > 0 && count > 0 && digits[count - 1] == '0') {
      count--;
      fraction--;
    }
    if (fraction > 0 || count - fraction > DIGITS_MAX) {
      return 0;
    }
    for (; fraction < 0; fraction++) {
      digits[count++] = '0';
    }
    return count;
  }

  /** How large an array {@link #write} needs. */
  static final int ROOM = WRITTEN_MAX + DIGITS_MAX;

  private static int exponent(byte[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to && value < 1_000; i++) {
      if (Ascii.isDigit(text[i])) {
        value = value * 10 + text[i] - '0';
      }
    }
    return from < to && text[from] == '-' ? -value : value;
  }
}
