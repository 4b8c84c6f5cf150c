package io.mcpgovernor.pii.check;

/** Numbers of persons in France. */
public final class France {
  private static final int BYTES = 15;
  private static final int KEY = 97;

  private France() {}

  /**
   * NIR, the social security number, with its key: sex, year and month of birth, department (2A and
   * 2B are Corsica), commune, serial, and a key, modulus 97, for which 2A and 2B count as 19 and 18
   * (INSEE; decree 82-103 of 22 January 1982).
   */
  public static boolean nir(byte[] text, int from, int to) {
    if (to - from != BYTES
        || "123478".indexOf(text[from]) < 0
        || !Digits.are(text, from + 1, from + 6)
        || !Digits.are(text, from + 7, to)
        || !isMonth(Digits.two(text, from + 3))
        || Digits.areZeros(text, to - 5, to - 2)) {
      return false;
    }
    int department = department(text, from + 5);
    if (department <= 0) {
      return false;
    }
    long number =
        (Digits.value(text, from, from + 5) * 100 + department) * 1_000_000
            + Digits.value(text, from + 7, to - 2);
    return Digits.two(text, to - 2) == KEY - number % KEY;
  }

  /** January to December, or numbers for those whose month of birth is not known. */
  private static boolean isMonth(int month) {
    return (month >= 1 && month <= 12)
        || month == 20
        || (month >= 30 && month <= 42)
        || month >= 50;
  }

  /** What the department counts, or -1 if it is none. */
  private static int department(byte[] text, int at) {
    if (Digits.isDigit(text[at + 1])) {
      return Digits.two(text, at);
    }
    return text[at] == '2' && (text[at + 1] == 'A' || text[at + 1] == 'B')
        ? 19 - (text[at + 1] - 'A')
        : -1;
  }
}
