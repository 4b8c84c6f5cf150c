package io.mcpgovernor.pii;

/**
 * What most digits in text are, told at a glance: short numbers, fractions, escapes. Only the
 * others are worth a closer look.
 */
final class CommonDigits {
  /** Fewer digits are nothing, even where a word says what they are. */
  static final int NAMED_DIGITS_MIN = 4;

  /** What may stand between a name and its number. */
  private static final boolean[] AFTER_NAME = Ascii.set(" :=#\"'*`\n\r\t");

  /** What makes digits part of something longer, or the end or beginning of it. */
  private static final boolean[] LEADS_ON = leadsOn();

  private CommonDigits() {}

  private static boolean[] leadsOn() {
    boolean[] leadsOn = Ascii.set("_+-:./@()%");
    for (int c = 0; c < 256; c++) {
      leadsOn[c] |= c >= 0x80 || Ascii.isLetter((byte) c);
    }
    return leadsOn;
  }

  /** Few digits with nothing that joins them to others: most numbers end here. */
  static boolean isShort(byte[] text, int from, int at, int end, int to, byte before, byte after) {
    if (end - at >= NAMED_DIGITS_MIN || isPartOfWord(before) || isPartOfWord(after)) {
      return false;
    }
    boolean isJoined =
        switch (after) {
          case ' ' ->
              end + 1 < to
                  && (CandidateFinder.isSign(text[end + 1])
                      || text[end + 1] == '('
                      || text[end + 1] == '-'
                      || Dates.isWorded(text, from, at, end, to));
          case '-', '.', '/', ':', ')', '(', '@' -> true;
          default -> after < 0 || Dates.isWorded(text, from, at, end, to);
        };
    return !isJoined && before != '+' && before != '-' && before != ':' && before != '.';
  }

  /**
   * Too few digits for a phone number, with no others near and no word that names them.
   *
   * @param low where the last finding before them ends
   */
  static boolean isLone(byte[] text, int low, int at, int end, int to, byte before, byte after) {
    return end - at >= NAMED_DIGITS_MIN
        && end - at < PhoneShape.DIGITS_MIN
        && !LEADS_ON[before & 0xff]
        && !LEADS_ON[after & 0xff]
        && DigitGroups.next(text, end, to) < 0
        && !isNamed(text, low, at);
  }

  /**
   * Whether digits begin as a percent-encoded blank or sign: {@code %20555} is no number here, but
   * is one once it is decoded.
   */
  static boolean isEscape(byte[] text, int at, int end, byte before) {
    return before == '%'
        && end - at > 2
        && (text[at] == '2' || (text[at] == '4' && text[at + 1] == '0'));
  }

  /**
   * Where a number ends that has one dot and nothing after it that goes on: a fraction or version,
   * never PII by itself; -1 if it is another.
   */
  static int decimalEnd(byte[] text, int dot, int to, byte before) {
    if (before == '-' || before == '.' || isPartOfWord(before)) {
      return -1;
    }
    int last = Ascii.digitsEnd(text, dot + 1, to);
    boolean goesOn =
        last < to
            && (Ascii.isWord(text[last]) || text[last] < 0 || ".-/_:%".indexOf(text[last]) >= 0);
    return last == dot + 1 || goesOn ? -1 : last;
  }

  /** Whether a byte beside digits makes them part of a word. */
  static boolean isPartOfWord(byte c) {
    return Ascii.isLetter(c) || c == '_';
  }

  /** Whether a word stands right before digits too few to be looked at otherwise. */
  static boolean isNamed(byte[] text, int low, int at) {
    int p = at;
    while (p > low && at - p < 4 && AFTER_NAME[text[p - 1] & 0xff]) {
      p--;
    }
    return p < at && p > low && Ascii.isLetter(text[p - 1]);
  }

  /** Whether digits, with the groups after them, may be a number, and no letters at their end. */
  static boolean mayBeNumber(byte[] text, int at, int end, int to) {
    if (isLettered(text, end, to)) {
      return false;
    }
    int digits = end - at;
    int groupEnd = end;
    int groups = 1;
    while (digits < PhoneShape.DIGITS_MIN) {
      int next = DigitGroups.next(text, groupEnd, to);
      if (next < 0) {
        return groups == 3 && Dates.isNumeric(text, at, end, to);
      }
      groupEnd = Ascii.digitsEnd(text, next, to);
      digits += groupEnd - next;
      groups++;
    }
    // One letter alone may be a check character: "131052-308T".
    return groups != 2
        || !isLettered(text, groupEnd, to)
        || groupEnd + 1 >= to
        || !Ascii.isWord(text[groupEnd + 1]);
  }

  /** Whether letters follow that are not the beginning of "x12" or "ext. 12". */
  private static boolean isLettered(byte[] text, int end, int to) {
    return end < to && Ascii.isLetter(text[end]) && !isExtension(text[end]);
  }

  private static boolean isExtension(byte c) {
    return (c | 0x20) == 'x' || (c | 0x20) == 'e';
  }
}
