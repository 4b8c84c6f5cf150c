package io.mcpgovernor.pii.check;

/** Questions about ASCII digits and letters. Bytes of longer UTF-8 characters are neither. */
final class Digits {
  private Digits() {}

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  /** Whether all of the slice are digits, {@code count} of them. */
  static boolean are(byte[] text, int from, int to, int count) {
    return to - from == count && are(text, from, to);
  }

  /** Whether all of the slice are digits; true of an empty one. */
  static boolean are(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether all of the slice are upper-case letters; true of an empty one. */
  static boolean areLetters(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isLetter(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether one character fills the slice. */
  static boolean isRepeated(byte[] text, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (text[i] != text[from]) {
        return false;
      }
    }
    return true;
  }

  /** Whether zeros fill the slice: they meet most sums, and nobody issues them. */
  static boolean areZeros(byte[] text, int from, int to) {
    return text[from] == '0' && isRepeated(text, from, to);
  }

  /** The value of the digit at {@code i}. */
  static int at(byte[] text, int i) {
    return text[i] - '0';
  }

  /** The value of the two digits from {@code i} on. */
  static int two(byte[] text, int i) {
    return at(text, i) * 10 + at(text, i + 1);
  }

  /** The value of the digits in the slice, at most 18. */
  static long value(byte[] text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + at(text, i);
    }
    return value;
  }

  /** 0 to 9 for digits, 10 to 35 for upper-case letters, -1 for anything else. */
  static int base36(byte c) {
    if (isDigit(c)) {
      return c - '0';
    }
    return isLetter(c) ? c - 'A' + 10 : -1;
  }
}
