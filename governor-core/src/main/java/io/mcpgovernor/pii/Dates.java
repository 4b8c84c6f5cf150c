package io.mcpgovernor.pii;

/**
 * Dates as people write them: {@code 1985-04-12}, {@code 12/04/1985}, {@code 12.4.85}, {@code 12
 * April 1985}, {@code April 12th, 1985}, {@code 19850412} where the field says so.
 */
final class Dates {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  /** The longest name of a month. */
  private static final int MONTH_BYTES_MAX = 9;

  private Dates() {}

  /**
   * The date that the digits at {@code at} belong to, as a {@link Span}, or {@link Span#NONE}.
   *
   * @param low how far back it may begin
   * @param end where these digits end
   */
  static long around(byte[] text, int low, int at, int end, int to) {
    int length = end - at;
    if (length == 8) {
      return isPlausible(text, at) ? Span.of(at, end) : Span.NONE;
    }
    if (end == to || length > 4 || length == 3) {
      return Span.NONE;
    }
    byte sign = text[end];
    if (sign == '-' || sign == '/' || sign == '.') {
      return numeric(text, at, end, to);
    }
    return length <= 2 ? worded(text, low, at, end, to) : Span.NONE;
  }

  /** Whether the three groups of digits from {@code at} on are a date. */
  static boolean isNumeric(byte[] text, int at, int end, int to) {
    return end < to && end - at <= 2 && numeric(text, at, end, to) != Span.NONE;
  }

  private static long numeric(byte[] text, int at, int end, int to) {
    int second = end + 1;
    int secondEnd = Ascii.digitsEnd(text, second, to);
    if (secondEnd - second < 1
        || secondEnd - second > 2
        || secondEnd == to
        || text[secondEnd] != text[end]) {
      return Span.NONE;
    }
    int third = secondEnd + 1;
    int last = Ascii.digitsEnd(text, third, to);
    int year = last - third;
    boolean fits = end - at == 4 ? year == 1 || year == 2 : year == 4 || year == 2;
    return fits && Boundary.endsWord(text, last, to) ? Span.of(at, last) : Span.NONE;
  }

  private static long worded(byte[] text, int low, int at, int end, int to) {
    int p = end;
    if (p + 1 < to && isOrdinal(text, p)) {
      p += 2;
    }
    int month = skip(text, p, to);
    int monthEnd = month > p ? monthEnd(text, month, to) : -1;
    if (monthEnd > 0) {
      int year = skip(text, monthEnd, to);
      return Ascii.digits(text, year, 4, to) ? Span.of(at, year + 4) : Span.NONE;
    }
    int before = at;
    while (before > low
        && at - before < 2
        && (text[before - 1] == ' ' || text[before - 1] == '.')) {
      before--;
    }
    int start = Ascii.lettersStart(text, low, before, MONTH_BYTES_MAX + 1);
    int year = skip(text, p, to);
    boolean fits =
        start < before
            && monthEnd(text, start, before) == before
            && Ascii.digits(text, year, 4, to);
    return fits && year > p ? Span.of(start, year + 4) : Span.NONE;
  }

  /** Whether a month's name may follow or stand before, so that a closer look is worth it. */
  static boolean isWorded(byte[] text, int from, int at, int end, int to) {
    if (end - at > 2 || end == to) {
      return false;
    }
    boolean after =
        Ascii.isLetter(text[end])
            || (end + 1 < to
                && (text[end] == ' ' || text[end] == '-')
                && Ascii.isLetter(text[end + 1]));
    boolean before = at - 4 >= from && text[at - 1] == ' ' && Ascii.isLetter(text[at - 2]);
    return (after || before) && isMonthNear(text, from, at, end, to);
  }

  private static boolean isMonthNear(byte[] text, int from, int at, int end, int to) {
    return (end + 3 < to
            && (text[end] == ' ' || text[end] == '-' || isOrdinal(text, end))
            && (monthEnd(text, end + 1, to) > 0 || isOrdinal(text, end)))
        || (at - 4 >= from
            && text[at - 1] == ' '
            && end < to
            && " ,s,n,r,t".indexOf(text[end]) >= 0
            && startsMonth(text, from, at - 1));
  }

  private static boolean startsMonth(byte[] text, int from, int end) {
    int start = Ascii.lettersStart(text, from, end, MONTH_BYTES_MAX + 1);
    return start < end && monthEnd(text, start, end) == end;
  }

  private static boolean isOrdinal(byte[] text, int at) {
    int two = (text[at] | 0x20) << 8 | (at + 1 < text.length ? text[at + 1] | 0x20 : 0);
    return two == ('s' << 8 | 't')
        || two == ('n' << 8 | 'd')
        || two == ('r' << 8 | 'd')
        || two == ('t' << 8 | 'h');
  }

  private static int skip(byte[] text, int at, int to) {
    int p = at;
    while (p < to && p - at < 3 && " ,.-".indexOf(text[p]) >= 0) {
      p++;
    }
    return p;
  }

  /** Where the month's name at {@code at} ends, short or long, or -1. */
  private static int monthEnd(byte[] text, int at, int to) {
    int end = at;
    while (end < to && end - at <= MONTH_BYTES_MAX && Ascii.isLetter(text[end])) {
      end++;
    }
    if (end - at < 3 || end - at > MONTH_BYTES_MAX) {
      return -1;
    }
    for (int month = 0; month < MONTHS.length(); month += 3) {
      if ((text[at] | 0x20) == MONTHS.charAt(month)
          && (text[at + 1] | 0x20) == MONTHS.charAt(month + 1)
          && (text[at + 2] | 0x20) == MONTHS.charAt(month + 2)) {
        return end;
      }
    }
    return -1;
  }

  private static boolean isPlausible(byte[] text, int at) {
    int century = (text[at] - '0') * 10 + text[at + 1] - '0';
    int month = (text[at + 4] - '0') * 10 + text[at + 5] - '0';
    int day = (text[at + 6] - '0') * 10 + text[at + 7] - '0';
    return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }
}
