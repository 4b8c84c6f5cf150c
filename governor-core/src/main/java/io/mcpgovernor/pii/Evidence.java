package io.mcpgovernor.pii;

import org.jspecify.annotations.Nullable;

/**
 * What speaks for or against a number that by itself could be anything: the words before it, else
 * the name of its field. The nearest word that says something decides, in text as in names: {@code
 * order_phone} is a phone, {@code phone_order} an order.
 *
 * <p>Asked only for candidates, so texts without any do not pay. Looks back at most {@value
 * #WINDOW_BYTES} bytes, and never over something that was found, or over a mask: what was masked
 * must weigh the same when its mask is read again.
 */
final class Evidence {
  /** How far before a number a word may stand. */
  static final int WINDOW_BYTES = 50;

  /**
   * How many words may stand between "phone" and any digits at all that it makes a phone number.
   */
  private static final int NEAR_WORDS = 2;

  /** "phones: 5551234567, 5559876543": how far a finding's kind carries over to the next number. */
  private static final int LIST_GAP_BYTES = 5;

  /** Longer keys are no names, and every number under them would have to read them. */
  private static final int NAME_BYTES_MAX = 128;

  /** How many names are asked, from the nearest outwards. */
  private static final int NAMES_MAX = 4;

  private Evidence() {}

  /**
   * Weighs the evidence for the number at {@code at}.
   *
   * @param low where the last finding before it ends, or the text begins
   * @param last the kind of that finding, if there is one
   */
  static Hint about(Text text, int low, int at, @Nullable Kind last) {
    Hint hint = before(text.utf8(), text.from(), low, at);
    if (hint == Hint.NONE) {
      hint = field(text.field());
      if (hint.isVeto() && text.isProse()) {
        hint = Hint.NONE; // "ticket" names its number, not all the numbers in what it says
      }
    }
    if (hint == Hint.NONE && last != null && isListed(text.utf8(), low, at)) {
      return last == Kinds.PHONE ? Hint.MAYBE_PHONE : last == Kinds.SSN ? Hint.SSN : Hint.NONE;
    }
    return hint;
  }

  /** What the words before {@code at} say. */
  private static Hint before(byte[] text, int from, int low, int at) {
    int window = Math.max(low, at - WINDOW_BYTES);
    int words = 0;
    int digits = 0;
    int p = at;
    while (p > window) {
      byte c = text[p - 1];
      if (c == '*' && MaskText.endsBefore(text, from, p, at)) {
        return Hint.NONE;
      }
      if (!Ascii.isLetter(c)) {
        digits += Ascii.isDigit(c) ? 1 : 0;
        p--;
        continue;
      }
      int start = Words.start(text, window, p);
      if (start == window && window > low && Ascii.isLetter(text[window - 1])) {
        return Hint.NONE; // the window cuts this word, which may be any
      }
      Hint hint = word(text, window, start, p);
      if (hint == Hint.PHONE) {
        return words <= NEAR_WORDS ? Hint.PHONE : Hint.MAYBE_PHONE;
      }
      if (hint == Hint.CARD) {
        return Hint.MAYBE_CARD;
      }
      if (hint == Hint.LIKELY_PHONE) {
        return words <= NEAR_WORDS ? Hint.LIKELY_PHONE : Hint.MAYBE_PHONE;
      }
      if (hint == Hint.SSN) {
        return hint;
      }
      if (hint.isVeto() && words == 0 && digits == 0) {
        return hint; // the label of this very number, not of one before
      }
      words += hint == Hint.NEUTRAL ? 0 : 1;
      p = start;
    }
    return Hint.NONE;
  }

  private static Hint word(byte[] text, int from, int start, int end) {
    Hint hint = Vocabulary.hint(text, start, end);
    if (hint != Hint.SECURITY) {
      return hint;
    }
    int p = start;
    while (p > from && !Ascii.isWord(text[p - 1])) {
      p--;
    }
    return Vocabulary.hash(text, Words.start(text, from, p), p) == Vocabulary.SOCIAL
        ? Hint.SSN
        : Hint.NONE;
  }

  /** What a field's name says; one of neutral words alone asks the name above it. */
  private static Hint field(@Nullable FieldName field) {
    FieldName name = field;
    for (int i = 0; i < NAMES_MAX && name != null; i++) {
      Hint hint = name(name.utf8(), name.from(), name.to());
      if (hint != Hint.NEUTRAL) {
        return hint;
      }
      name = name.parent();
    }
    return Hint.NONE;
  }

  /** What the last word of a name says that says anything. */
  private static Hint name(byte[] key, int from, int to) {
    if (to - from > NAME_BYTES_MAX || holdsStar(key, from, to)) {
      return Hint.NONE; // what a mask in a key hides must not be missed here
    }
    Hint result = Hint.NEUTRAL;
    int p = to;
    while (p > from) {
      if (!Ascii.isLetter(key[p - 1])) {
        p--;
        continue;
      }
      int start = Words.start(key, from, p);
      Hint hint = word(key, from, start, p);
      if (hint != Hint.NONE && hint != Hint.NEUTRAL) {
        return hint;
      }
      if (hint == Hint.NONE) {
        result = Hint.NONE;
      }
      p = start;
    }
    return result;
  }

  private static boolean holdsStar(byte[] key, int from, int to) {
    for (int i = from; i < to; i++) {
      if (key[i] == '*') {
        return true;
      }
    }
    return false;
  }

  private static boolean isListed(byte[] text, int low, int at) {
    if (at - low > LIST_GAP_BYTES) {
      return false;
    }
    for (int i = low; i < at; i++) {
      if (" ,;/|&+\n\r\t()\"'or[]".indexOf(text[i]) < 0) {
        return false;
      }
    }
    return true;
  }
}
