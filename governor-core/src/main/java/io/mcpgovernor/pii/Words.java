package io.mcpgovernor.pii;

/**
 * Takes text apart into words, from the right: {@code phoneNumber}, {@code phone_number}, {@code
 * phone-number2} and {@code PHONE number} are all "phone" and "number"; {@code userID} is "user"
 * and "ID", {@code SSNs} is one word.
 */
final class Words {
  private Words() {}

  /**
   * Where the word that ends at {@code end} begins; {@code end} itself if no letter stands before
   * it.
   */
  static int start(byte[] text, int from, int end) {
    int start = end;
    while (start > from && Ascii.isLetter(text[start - 1])) {
      start--;
      // A capital's bit for small letters is off.
      if ((text[start] & 0x20) == 0 && start > from && beginsWord(text, start, end)) {
        break;
      }
    }
    return start;
  }

  /** Whether a capital begins a word: after a small letter, or as the first before a small one. */
  private static boolean beginsWord(byte[] text, int at, int end) {
    if (Ascii.isLower(text[at - 1])) {
      return true;
    }
    boolean plural = at + 2 == end && text[at + 1] == 's' && Ascii.isUpper(text[at - 1]);
    return at + 1 < end && Ascii.isLower(text[at + 1]) && !plural;
  }
}
