package io.mcpgovernor.pii;

/**
 * Questions about single ASCII bytes of UTF-8 text. Bytes of longer characters are negative and are
 * neither digit nor letter here, so nothing needs decoding to ask.
 */
final class Ascii {
  private Ascii() {}

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLower(byte c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isLetter(byte c) {
    return isLower((byte) (c | 0x20));
  }

  static boolean isWord(byte c) {
    return isDigit(c) || isLetter(c);
  }

  /** Whether the byte at {@code at} exists and is {@code c}. */
  static boolean is(byte[] text, int at, int to, char c) {
    return at < to && text[at] == c;
  }

  /** Whether there is a digit at {@code at}. */
  static boolean digitAt(byte[] text, int at, int to) {
    return at < to && isDigit(text[at]);
  }

  /** Where the digits that begin at {@code at} end. */
  static int digitsEnd(byte[] text, int at, int to) {
    int end = at;
    while (end < to && isDigit(text[end])) {
      end++;
    }
    return end;
  }

  /** Whether exactly {@code count} digits stand at {@code at}: neither fewer nor more. */
  static boolean digits(byte[] text, int at, int count, int to) {
    if (at + count > to) {
      return false;
    }
    for (int i = at; i < at + count; i++) {
      if (!isDigit(text[i])) {
        return false;
      }
    }
    return !digitAt(text, at + count, to);
  }

  /** Whether {@code word} stands at {@code at}, within {@code from} and {@code to}. */
  static boolean stands(byte[] word, byte[] text, int at, int from, int to) {
    if (at < from || at + word.length > to) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (text[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }
}
