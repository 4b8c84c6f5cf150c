package io.mcpgovernor.pii;

import io.mcpgovernor.pii.check.Iban;
import java.util.Arrays;

/**
 * International bank account numbers (ISO 13616), in one piece or in groups of four.
 *
 * <p>Used by one thread at a time.
 */
final class IbanShape {
  private static final int GROUP = 4;

  /** More than any country's numbers have. */
  private static final int COMPACT_MAX = 48;

  private final byte[] compact = new byte[COMPACT_MAX];

  /** Forgets the number. */
  void wipe() {
    Arrays.fill(compact, (byte) 0);
  }

  /** Whether a word begins as one: two letters and two digits. */
  static boolean mayBegin(byte[] text, int start, int end) {
    return end - start >= GROUP
        && Ascii.isLetter(text[start])
        && Ascii.isLetter(text[start + 1])
        && Ascii.isDigit(text[start + 2])
        && Ascii.isDigit(text[start + 3]);
  }

  /**
   * Where the number that {@linkplain #mayBegin may begin} at {@code start} ends, or -1.
   *
   * @param end where its first run of letters and digits ends
   */
  int end(byte[] text, int start, int end, int to) {
    int length = Iban.ibanLength(Ascii.upper(text[start]), Ascii.upper(text[start + 1]));
    if (length == 0 || (end - start != length && end - start != GROUP)) {
      return -1;
    }
    byte sign = end < to ? text[end] : 0;
    boolean isGrouped = sign == ' ' || sign == '-';
    int count = 0;
    int p = start;
    while (count < length && p < to) {
      if (Ascii.isWord(text[p])) {
        compact[count++] = Ascii.upper(text[p++]);
      } else if (isGrouped && count % GROUP == 0 && text[p] == sign) {
        p++;
      } else {
        return -1;
      }
    }
    boolean isWhole = count == length && Boundary.endsWord(text, p, to);
    return isWhole && Iban.number(compact, 0, count) ? p : -1;
  }
}
