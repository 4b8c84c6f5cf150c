package io.mcpgovernor.pii.check;

/** Numbers of persons in Finland. */
public final class Finland {
  private static final int BYTES = 11;
  private static final String CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  private Finland() {}

  /**
   * HETU: the day of birth, a sign for the century, three digits from 002 on, a check character,
   * modulus 31 (decree on the population information system 128/2010, and 690/2022 for the newer
   * signs). Where the sign was - or +, it may have been removed as a separator.
   */
  public static boolean hetu(byte[] text, int from, int to) {
    int bytes = to - from;
    if ((bytes != BYTES && bytes != BYTES - 1)
        || !Digits.are(text, from, from + 6)
        || !Digits.are(text, to - 4, to - 1)
        || (bytes == BYTES && !isCentury(text[from + 6]))) {
      return false;
    }
    int serial = (int) Digits.value(text, to - 4, to - 1);
    long number = Digits.value(text, from, from + 6) * 1000 + serial;
    return serial >= 2
        && text[to - 1] == CHECK.charAt((int) (number % CHECK.length()))
        && CalendarDay.existsInSomeCentury(
            Digits.two(text, from + 4), Digits.two(text, from + 2), Digits.two(text, from));
  }

  /** The 1800s, 1900s and 2000s. */
  private static boolean isCentury(byte c) {
    return "+-UVWXYABCDEF".indexOf(c) >= 0;
  }
}
