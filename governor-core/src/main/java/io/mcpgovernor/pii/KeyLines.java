package io.mcpgovernor.pii;

import io.mcpgovernor.pii.token.PrivateKeys;

/**
 * Private keys between lines of dashes, told by their first line of base64: a dash is no candidate,
 * and most of those in a text begin no key.
 */
final class KeyLines {
  /** Lines of a private key are as long as that, and few other words. */
  static final int LINE_BYTES_MIN = 32;

  /** How far before its first line a private key may begin, with the lines of old formats. */
  private static final int HEAD_BYTES_MAX = 200;

  /** The shortest that may stand before the first line: {@code -----BEGIN}. */
  private static final int HEAD_BYTES_MIN = 11;

  private KeyLines() {}

  /** Whether a line may begin at {@code at}, in JSON or some language's string, too. */
  static boolean beginsLine(byte[] text, int from, int at) {
    return at > from
        && (text[at - 1] == '\n'
            || (at - 2 >= from && text[at - 2] == '\\')
            || text[at - 1] == ' '
            || text[at - 1] == 'n');
  }

  /** Whether a line of dashes ends right before, as the frame of a private key does. */
  static boolean followsFrame(byte[] text, int from, int at) {
    int p = at;
    while (p > from && at - p < 6 && (text[p - 1] <= ' ' || "\\nr".indexOf(text[p - 1]) >= 0)) {
      p--;
    }
    return p < at && p - 5 > from && text[p - 1] == '-' && text[p - 5] == '-';
  }

  /**
   * The key whose first line of base64 begins at {@code line}, as a {@link Span}, or {@link
   * Span#NONE}.
   *
   * @param low how far back it may begin
   */
  static long around(byte[] text, int low, int line, int to) {
    int limit = Math.max(low, line - HEAD_BYTES_MAX);
    for (int p = line - HEAD_BYTES_MIN; p >= limit; p--) {
      if (text[p] == '-' && text[p + 5] == 'B' && text[p + 4] == '-') {
        int end = PrivateKeys.end(text, p, to);
        if (end > line) {
          return Span.of(p, end);
        }
      }
    }
    return Span.NONE;
  }
}
