package io.mcpgovernor.pii;

/** Where words begin and end around digits. */
final class Boundary {
  /** The longest word looked at when letters touch digits. */
  private static final int WORD_BYTES_MAX = 16;

  private Boundary() {}

  /**
   * Whether digits that begin at {@code at} are not the end of something longer. Letters may touch
   * them if they are a word for what follows ("tel555-123-4567") or an escape of some other
   * language ({@code \n}).
   */
  static boolean startsWord(byte[] text, int from, int at) {
    if (at == from) {
      return true;
    }
    byte c = text[at - 1];
    if (Ascii.isDigit(c)) {
      return false;
    }
    if (!Ascii.isLetter(c)) {
      return true;
    }
    if (at - 2 >= from && text[at - 2] == '\\') {
      return "nrtbf".indexOf(c) >= 0;
    }
    int letters = Ascii.lettersStart(text, from, at, WORD_BYTES_MAX);
    if (letters > from && (text[letters - 1] == '.' || Ascii.isWord(text[letters - 1]))) {
      return false; // part of a host name, or of a longer word
    }
    long cue = Vocabulary.cue(text, Words.start(text, letters, at), at);
    return Cue.hint(cue) == Hint.SAID;
  }

  /** Whether digits that end at {@code at} are not the beginning of something longer. */
  static boolean endsWord(byte[] text, int at, int to) {
    // An e-mail mask that touches digits hides letters or digits that did.
    return at == to || (!Ascii.isWord(text[at]) && !MaskText.beginsEmail(text, at, to));
  }

  /**
   * Whether a number goes on as the number of a part or ticket does: {@code -29}, {@code _v2}. What
   * follows is too short to be PII that a mask might hide.
   */
  static boolean goesOn(byte[] text, int at, int to) {
    if (at + 1 >= to || (text[at] != '-' && text[at] != '_')) {
      return false;
    }
    int end = Ascii.digitsEnd(text, at + 1, to);
    int digits = end - at - 1;
    if (digits == 0) {
      return text[at] == '_' && Ascii.isLetter(text[at + 1]);
    }
    boolean isGrouped =
        end + 1 < to && "-./ ".indexOf(text[end]) >= 0 && Ascii.isWord(text[end + 1]);
    return digits <= 2 && endsWord(text, end, to) && (!isGrouped || text[end] == ' ');
  }

  /**
   * Whether digits from {@code start} to {@code end} are part of a decimal or dotted number. A star
   * counts as the digit that it may stand for.
   *
   * @param low where the last finding before them ends, or the text begins
   * @param high where the next finding begins, or the text ends
   */
  static boolean isDotted(byte[] text, int low, int start, int end, int high) {
    return (start - 2 >= low && text[start - 1] == '.' && isDigitOrStar(text[start - 2]))
        || (end + 1 < high && text[end] == '.' && isDigitOrStar(text[end + 1]));
  }

  private static boolean isDigitOrStar(byte c) {
    return Ascii.isDigit(c) || c == '*';
  }

  /** Whether a sign of money stands right before {@code at}. */
  static boolean isPriced(byte[] text, int from, int at) {
    if (at == from) {
      return false;
    }
    byte c = text[at - 1];
    return c == '$'
        || (at - 2 >= from
            && (text[at - 2] & 0xff) == 0xc2
            && ((c & 0xff) == 0xa3 || (c & 0xff) == 0xa5))
        || (at - 3 >= from
            && (text[at - 3] & 0xff) == 0xe2
            && (text[at - 2] & 0xff) == 0x82
            && (c & 0xff) == 0xac);
  }
}
