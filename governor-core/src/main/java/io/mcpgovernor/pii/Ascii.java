package io.mcpgovernor.pii;

import java.util.Arrays;

/**
 * Questions about single ASCII bytes of UTF-8 text. Bytes of longer characters are negative and are
 * neither digit nor letter here, so nothing needs decoding to ask.
 */
final class Ascii {
  private static final byte DIGIT = 1;
  private static final byte SMALL = 2;
  private static final byte CAPITAL = 4;

  /** One load instead of several comparisons. */
  private static final byte[] CLASSES = classes();

  private Ascii() {}

  private static byte[] classes() {
    byte[] classes = new byte[256];
    Arrays.fill(classes, '0', '9' + 1, DIGIT);
    Arrays.fill(classes, 'a', 'z' + 1, SMALL);
    Arrays.fill(classes, 'A', 'Z' + 1, CAPITAL);
    return classes;
  }

  /** A table of signs, to be asked with a byte's lower eight bits. */
  static boolean[] set(String signs) {
    boolean[] set = new boolean[256];
    for (int i = 0; i < signs.length(); i++) {
      set[signs.charAt(i)] = true;
    }
    return set;
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  /** A letter as a capital, any other byte as it is. */
  static byte upper(byte c) {
    return isLower(c) ? (byte) (c & ~0x20) : c;
  }

  static boolean isLower(byte c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isLetter(byte c) {
    return (CLASSES[c & 0xff] & (SMALL | CAPITAL)) != 0;
  }

  static boolean isWord(byte c) {
    return CLASSES[c & 0xff] != 0;
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

  /** Where the letters and digits that begin at {@code at} end. */
  static int wordEnd(byte[] text, int at, int to) {
    int end = at;
    while (end < to && isWord(text[end])) {
      end++;
    }
    return end;
  }

  /** Where the letters begin that end at {@code end}, of which only so many are looked at. */
  static int lettersStart(byte[] text, int from, int end, int most) {
    int limit = Math.max(from, end - most);
    int start = end;
    while (start > limit && isLetter(text[start - 1])) {
      start--;
    }
    return start;
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
