package io.mcpgovernor.pii.token;

/** Questions about single bytes; bytes of longer characters are negative and never ASCII. */
final class Bytes {
  private Bytes() {}

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

  static boolean isLetterOrDigit(byte c) {
    return isDigit(c) || isLetter(c);
  }

  /** A character of an identifier: what goes on after it is not over. */
  static boolean isWord(byte c) {
    return isLetterOrDigit(c) || c == '_';
  }

  /** Whether a letter, digit or underscore stands at {@code at}. */
  static boolean wordAt(byte[] text, int at, int to) {
    return at < to && isWord(text[at]);
  }

  /** Whether {@code c} stands at {@code at}. */
  static boolean is(byte[] text, int at, int to, char c) {
    return at < to && text[at] == c;
  }

  /** Whether {@code word} stands at {@code at}. */
  static boolean stands(byte[] word, byte[] text, int at, int to) {
    if (word.length > to - at) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (text[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the slice is {@code lower}, which is in small letters, in whatever case. */
  static boolean equalsIgnoreCase(byte[] lower, byte[] text, int from, int to) {
    if (lower.length != to - from) {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      byte c = text[from + i];
      if ((isUpper(c) ? c | 0x20 : c) != lower[i]) {
        return false;
      }
    }
    return true;
  }
}
