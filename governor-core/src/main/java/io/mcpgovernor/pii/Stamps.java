package io.mcpgovernor.pii;

/**
 * Recognises moments as machines write them, to be passed over at once: {@code
 * 2026-11-22T10:30:00.123+01:00}, {@code 22/Nov/2026:10:30:00 +0000}, {@code 10:30:00,123}. A date
 * without a time is none: it may be a date of birth.
 */
final class Stamps {
  private Stamps() {}

  /**
   * Where the moment ends that begins with the digits at {@code at}, or -1.
   *
   * @param end where these digits end
   */
  static int end(byte[] text, int at, int end, int to) {
    if (end == to) {
      return -1;
    }
    byte sign = text[end];
    int length = end - at;
    if (length == 2 && sign == ':') {
      return time(text, at, to);
    }
    if (length == 4 && (sign == '-' || sign == '/')) {
      int clock = end + 7;
      boolean dated =
          Ascii.digits(text, end + 1, 2, to)
              && Ascii.is(text, end + 3, to, (char) sign)
              && Ascii.digits(text, end + 4, 2, to)
              && clock < to
              && (text[end + 6] == 'T' || text[end + 6] == ' ' || text[end + 6] == '_');
      return dated ? time(text, clock, to) : -1;
    }
    if (length == 2 && sign == '/' && end + 10 < to && Ascii.isLetter(text[end + 1])) {
      boolean dated =
          text[end + 4] == '/' && Ascii.digits(text, end + 5, 4, to) && text[end + 9] == ':';
      return dated ? time(text, end + 10, to) : -1;
    }
    return -1;
  }

  /** Hours, minutes, perhaps seconds and their fraction, perhaps an offset from UTC. */
  private static int time(byte[] text, int at, int to) {
    if (!Ascii.digits(text, at, 2, to)
        || !Ascii.is(text, at + 2, to, ':')
        || !Ascii.digits(text, at + 3, 2, to)) {
      return -1;
    }
    int end = at + 5;
    if (Ascii.is(text, end, to, ':') && Ascii.digits(text, end + 1, 2, to)) {
      end += 3;
      if (end + 1 < to && (text[end] == '.' || text[end] == ',') && Ascii.isDigit(text[end + 1])) {
        end = Ascii.digitsEnd(text, end + 1, Math.min(to, end + 11));
      }
    } else if (Ascii.is(text, end, to, ':')) {
      return -1;
    }
    int offset = Ascii.is(text, end, to, ' ') ? end + 1 : end;
    if (offset < to && (text[offset] == '+' || text[offset] == '-')) {
      if (Ascii.digits(text, offset + 1, 4, to)) {
        end = offset + 5;
      } else if (Ascii.digits(text, offset + 1, 2, to)
          && Ascii.is(text, offset + 3, to, ':')
          && Ascii.digits(text, offset + 4, 2, to)) {
        end = offset + 6;
      }
    } else if (Ascii.is(text, end, to, 'Z')) {
      end++;
    }
    boolean goesOn =
        end < to
            && (Ascii.isWord(text[end])
                || ((text[end] == ':' || text[end] == '-')
                    && end + 1 < to
                    && Ascii.isWord(text[end + 1])));
    return goesOn ? -1 : end;
  }
}
