package io.mcpgovernor.pii;

/**
 * UTF-8 as Unicode 16 table 3-7 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
final class Utf8 {
  private Utf8() {}

  /**
   * How many bytes the well-formed character at {@code at} takes, or 0 if what stands there is not
   * one.
   */
  static int length(byte[] text, int at, int to) {
    int lead = text[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead < 0xc2 || lead > 0xf4 || at + length > to) {
      return 0;
    }
    int second = text[at + 1] & 0xff;
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((text[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Where the character that {@code at} lies in begins; at most 3 bytes back. */
  static int start(byte[] text, int from, int at) {
    int start = at;
    while (start > from && at - start < 3 && (text[start] & 0xc0) == 0x80) {
      start--;
    }
    return start;
  }

  /** Where the first character at or after {@code at} begins; at most 3 bytes on. */
  static int next(byte[] text, int at, int to) {
    int next = at;
    while (next < to && next - at < 3 && (text[next] & 0xc0) == 0x80) {
      next++;
    }
    return next;
  }

  /** The code point of the well-formed character of {@code length} bytes at {@code at}. */
  static int codePoint(byte[] text, int at, int length) {
    if (length == 1) {
      return text[at];
    }
    int point = text[at] & (0xff >> (length + 1));
    for (int i = at + 1; i < at + length; i++) {
      point = point << 6 | (text[i] & 0x3f);
    }
    return point;
  }

  /** Whether a letter, mark or digit beyond ASCII stands at {@code at}. */
  static boolean isLetter(byte[] text, int at, int to) {
    int length = length(text, at, to);
    if (length < 2) {
      return false;
    }
    int point = codePoint(text, at, length);
    return Character.isLetterOrDigit(point)
        || Character.getType(point) == Character.NON_SPACING_MARK;
  }
}
