package io.mcpgovernor.pii.token;

/**
 * Hardware addresses: EUI-48 and EUI-64 as six or eight pairs of hex digits with {@code :} or
 * {@code -} throughout, or as three or four groups of four with dots (Cisco).
 *
 * <p>Not part of a longer run of such groups: a dump of bytes, an IPv6 address. With dashes or dots
 * there must be a letter in it, since groups of digits alone are dates and numbers of other kinds.
 */
public final class MacAddress {
  /** Five pairs, or three groups of four, and what joins them: all but the last of an address. */
  private static final int LETTERS_BYTES_MAX = 15;

  private MacAddress() {}

  /** Where the address that begins at {@code from} ends, or -1. */
  public static int end(byte[] text, int from, int to) {
    if (to - from < 14) {
      return -1;
    }
    byte pair = text[from + 2];
    if (pair == ':' || pair == '-') {
      return groups(text, from, to, 2, pair, 6);
    }
    return text[from + 4] == '.' ? groups(text, from, to, 4, (byte) '.', 3) : -1;
  }

  /**
   * Where the groups of letters begin that stand before {@code at} and may be of one address with
   * it, joined by the sign right before it; {@code at} if none do.
   *
   * @param low how far back they may begin
   */
  public static int lettersBefore(byte[] text, int low, int at) {
    byte separator = text[at - 1];
    int size = separator == '.' ? 4 : 2;
    int start = at;
    while (start - size - 1 >= low
        && at - start < LETTERS_BYTES_MAX
        && text[start - 1] == separator
        && areHexLetters(text, start - 1 - size, start - 1)) {
      start -= size + 1;
    }
    return start;
  }

  private static boolean areHexLetters(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if ((text[i] | 0x20) < 'a' || (text[i] | 0x20) > 'f') {
        return false;
      }
    }
    return true;
  }

  /** {@code least} groups of {@code size} digits, or a third more of them. */
  private static int groups(byte[] text, int from, int to, int size, byte separator, int least) {
    if (goesOnBefore(text, from, separator)) {
      return -1;
    }
    int most = least + least / 3;
    boolean letter = separator == ':';
    int at = from;
    int count = 0;
    while (true) {
      if (count == most || size > to - at) {
        return -1;
      }
      for (int i = at; i < at + size; i++) {
        if (!Hex.isDigit(text[i])) {
          return -1;
        }
        letter |= Bytes.isLetter(text[i]);
      }
      at += size;
      count++;
      if (Bytes.wordAt(text, at, to)) {
        return -1;
      }
      boolean more = at + 1 < to && text[at] == separator && Hex.isDigit(text[at + 1]);
      if (!more) {
        return letter && (count == least || count == most) ? at : -1;
      }
      at++;
    }
  }

  private static boolean goesOnBefore(byte[] text, int from, byte separator) {
    if (from == 0) {
      return false;
    }
    byte before = text[from - 1];
    return Bytes.isWord(before) || (before == separator && from > 1 && Hex.isDigit(text[from - 2]));
  }
}
