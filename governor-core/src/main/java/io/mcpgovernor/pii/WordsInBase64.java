package io.mcpgovernor.pii;

/**
 * Where words stand that may be text in base64, to be looked into later.
 *
 * <p>Reads each run of base64's signs once. Used for one text after the other by one thread at a
 * time.
 */
final class WordsInBase64 {
  /** How far back the beginning of a word is looked for. */
  private static final int BACK_MAX = 64;

  private static final int PADDING_MAX = 2;
  private static final byte[] NOTHING = {};

  private final Candidates places = new Candidates();
  private byte[] text = NOTHING;
  private int to;

  /** Where the last word ends. */
  private int seen;

  private int lastStart;

  @SuppressWarnings("ReferenceEquality") // as in Text
  void start(byte[] utf8, int begin, int end) {
    if (text != utf8) {
      text = utf8;
    }
    to = end;
    seen = begin;
    lastStart = end;
    places.clear();
  }

  /** Forgets the text. */
  void wipe() {
    text = NOTHING;
  }

  /** Where words begin and end, in turn. */
  Candidates places() {
    return places;
  }

  /** Where the word begins that was looked at last, or the text's end if none was. */
  int lastStart() {
    return lastStart;
  }

  /**
   * Notes the word around {@code at}, if it may be text.
   *
   * @param low how far back it may begin
   */
  void note(int at, int low) {
    if (at < seen) {
      return;
    }
    int start = at;
    int limit = Math.max(Math.max(low, seen), at - BACK_MAX);
    while (start > limit && EncodedWords.isSign(text[start - 1])) {
      start--;
    }
    lastStart = start;
    if (text[start] == '/' || text[start] == '+') {
      return; // a path: no text in UTF-8 begins with what these stand for
    }
    int end = at;
    while (end < to && EncodedWords.isSign(text[end])) {
      end++;
    }
    seen = end;
    if (EncodedWords.mayBeText(text, start, end)) {
      int padding = end;
      while (padding < to && padding - end < PADDING_MAX && text[padding] == '=') {
        padding++;
      }
      places.add(start);
      places.add(padding);
    }
  }
}
