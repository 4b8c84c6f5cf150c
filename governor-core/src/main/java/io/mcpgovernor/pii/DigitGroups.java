package io.mcpgovernor.pii;

/**
 * Groups of digits with separators between them, read from left to right as one long: how many
 * digits each group has, where the last one ends, and the separator if it is the same single sign
 * throughout. {@code 020 7946 0958} reads as {@code 0x344}, end 13, separator ' '.
 */
final class DigitGroups {
  private static final int GROUPS_MAX = 8;
  private static final int DIGITS_IN_GROUP_MAX = 15;
  private static final int SEPARATOR_BYTES_MAX = 3;

  private DigitGroups() {}

  /**
   * Reads as many groups as there are: at most 8, and at most {@code digitsMax} digits in all.
   *
   * @param to the text's end, or where something begins that is already found
   * @param uniform whether to stop where the separator changes
   * @return the groups, or 0 if not even the first can be read
   */
  static long read(byte[] text, int at, int to, int digitsMax, boolean uniform) {
    int shape = 0;
    int digits = 0;
    int end = at;
    boolean mixed = false;
    byte separator = 0;
    int p = at;
    for (int groups = 0; groups < GROUPS_MAX && p >= 0; groups++) {
      int groupEnd = Ascii.digitsEnd(text, p, to);
      int count = groupEnd - p;
      digits += count;
      if (count == 0
          || count > DIGITS_IN_GROUP_MAX
          || digits > digitsMax
          || isLettered(text, groupEnd, to)
          || (groups > 0 && isDate(text, p, to))) {
        break;
      }
      if (groups > 0) {
        mixed |= p - end != 1 || (groups > 1 && text[end] != separator);
        if (mixed && uniform) {
          break;
        }
        separator = text[end];
      }
      shape = shape << 4 | count;
      end = groupEnd;
      p = next(text, groupEnd, to);
    }
    long sign = mixed ? 0 : separator;
    return sign << 48 | (long) (end - at) << 32 | Integer.toUnsignedLong(shape);
  }

  /** The number of digits in each group, one hex digit each. */
  static int shape(long groups) {
    return (int) groups;
  }

  /** How many bytes the groups take. */
  static int length(long groups) {
    return (int) (groups >>> 32) & 0xffff;
  }

  /** The sign between all groups, or 0 if there is but one group or they differ. */
  static char separator(long groups) {
    return (char) (groups >>> 48);
  }

  /** How many digits there are. */
  static int digits(long groups) {
    int sum = 0;
    for (int shape = shape(groups); shape != 0; shape >>>= 4) {
      sum += shape & 15;
    }
    return sum;
  }

  /** Whether a date begins here: {@code 2024-11-22}, {@code 22.11.2024}. */
  static boolean isDate(byte[] text, int at, int to) {
    int first = Ascii.digitsEnd(text, at, Math.min(to, at + 5)) - at;
    int month = at + first + 1;
    if ((first != 4 && first != 2) || month >= to || "-/.".indexOf(text[month - 1]) < 0) {
      return false;
    }
    return Ascii.digits(text, month, 2, to)
        && Ascii.is(text, month + 2, to, (char) text[month - 1])
        && Ascii.digits(text, month + 3, first == 4 ? 2 : 4, to)
        && (first == 4 || isDay(text, at, month));
  }

  /** Whether day, month and year are possible: {@code 44-20-7946} begins a phone number. */
  private static boolean isDay(byte[] text, int first, int second) {
    int one = two(text, first);
    int other = two(text, second);
    int century = two(text, second + 3);
    return Math.min(one, other) <= 12
        && Math.max(one, other) <= 31
        && ((century >= 17 && century <= 22) || century == 99);
  }

  private static int two(byte[] text, int at) {
    return (text[at] - '0') * 10 + text[at + 1] - '0';
  }

  /**
   * Where a row of four-digit groups ends that goes on after the group that ends at {@code end}. A
   * row is taken as a whole or not at all: what is left of one might pass for a card.
   */
  static int rowEnd(byte[] text, int from, int end, int to) {
    if (end - 4 < from
        || !Ascii.digits(text, end - 4, 4, to)
        || Ascii.digitAt(text, end - 5, end)) {
      return end;
    }
    int last = end;
    while (last < to
        && (text[last] == ' ' || text[last] == '-')
        && Ascii.digits(text, last + 1, 4, to)
        && Boundary.endsWord(text, last + 5, to)) {
      last += 5;
    }
    return last;
  }

  /** Whether letters touch the digits that end here, an extension's aside. */
  private static boolean isLettered(byte[] text, int end, int to) {
    return end < to
        && !Boundary.endsWord(text, end, to)
        && PhoneShape.extensionEnd(text, end, to) == end;
  }

  /** Where the next group begins, or -1 if what follows is no separator between groups. */
  static int next(byte[] text, int end, int to) {
    if (end + 1 < to && (text[end] == '.' || text[end] == '/')) {
      return Ascii.isDigit(text[end + 1]) ? end + 1 : -1;
    }
    int p = end;
    while (p < to && p - end < SEPARATOR_BYTES_MAX && isSeparator(text[p])) {
      p++;
    }
    return p > end && Ascii.digitAt(text, p, to) ? p : -1;
  }

  private static boolean isSeparator(byte c) {
    return c == ' ' || c == '-' || c == '(' || c == ')';
  }
}
