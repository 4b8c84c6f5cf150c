package io.mcpgovernor.pii.check;

/** Business identifier codes of banks (ISO 9362), also called SWIFT codes. */
public final class Bic {
  private static final int BYTES = 8;
  private static final int BYTES_WITH_BRANCH = 11;

  private Bic() {}

  /**
   * Four letters of the party, a country (ISO 3166-1), two letters or digits, and three more for a
   * branch or none. There is no check digit, so many a word of eight letters passes: ask for more
   * evidence than this.
   */
  public static boolean code(byte[] text, int from, int to) {
    int length = to - from;
    if ((length != BYTES && length != BYTES_WITH_BRANCH)
        || !Digits.areLetters(text, from, from + 4)
        || !CountryCode.isAssigned(text[from + 4], text[from + 5])) {
      return false;
    }
    for (int i = from + 6; i < to; i++) {
      if (Digits.base36(text[i]) < 0) {
        return false;
      }
    }
    return true;
  }
}
