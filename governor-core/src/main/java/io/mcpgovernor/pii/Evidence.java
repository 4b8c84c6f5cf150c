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

  private static final boolean[] BETWEEN_LISTED = Ascii.set(" ,;/|&+\n\r\t()\"'or[]");

  /** Longer keys are no names, and every number under them would have to read them. */
  private static final int NAME_BYTES_MAX = 128;

  /** How many names are asked, from the nearest outwards. */
  private static final int NAMES_MAX = 4;

  /** What may be said of some other number nearby as well: the number has to look like it, too. */
  private static final long NEAR_ONLY = Cue.bit(Kinds.PHONE) | Cue.bit(Kinds.CARD);

  private Evidence() {}

  /** What the field of a text says about numbers in it that no word is about. */
  static long byField(Text text) {
    long cue = field(text.field());
    // "ticket" names its number, not all the numbers in what it says.
    return Cue.hint(cue).isVeto() && text.isProse() ? Cue.NONE : cue;
  }

  /**
   * What a finding says about the number at {@code at} that follows it in a list.
   *
   * @param low where the finding ends
   */
  static long listed(Text text, int low, int at, @Nullable Kind last) {
    boolean says = last != null && last.index() != Kind.NO_INDEX && last != Kinds.CARD;
    if (last == null || !says || !isListed(text.utf8(), low, at)) {
      return Cue.NONE;
    }
    return Cue.of(last == Kinds.PHONE ? Hint.MAYBE : Hint.SAID, Cue.bit(last));
  }

  /**
   * What the words before {@code at} say.
   *
   * @param clear no word before this place that says anything, as far as the window reaches
   */
  static long before(byte[] text, int from, int low, int at, int clear) {
    int window = Math.max(low, at - WINDOW_BYTES);
    int floor = Math.max(window, clear);
    int words = 0;
    int digits = 0;
    int p = at;
    while (p > floor) {
      byte c = text[p - 1];
      if (c == '*' && MaskText.endsBefore(text, from, p, at)) {
        return Cue.NONE;
      }
      if (c == ']' && MaskText.isTagBefore(text, window, p)) {
        return Cue.NONE;
      }
      if (!Ascii.isLetter(c)) {
        digits += Ascii.isDigit(c) ? 1 : 0;
        p--;
        continue;
      }
      int start = Words.start(text, window, p);
      if (start == window && window > low && Ascii.isLetter(text[window - 1])) {
        return Cue.NONE; // the window cuts this word, which may be any
      }
      long cue = word(text, window, start, p);
      Hint hint = Cue.hint(cue);
      if (hint == Hint.SAID) {
        boolean isNear = words <= NEAR_WORDS && (Cue.kinds(cue) & Cue.bit(Kinds.CARD)) == 0;
        return isNear || (Cue.kinds(cue) & NEAR_ONLY) == 0 ? cue : Cue.with(cue, Hint.MAYBE);
      }
      if (hint == Hint.LIKELY) {
        return words <= NEAR_WORDS ? cue : Cue.with(cue, Hint.MAYBE);
      }
      if (hint.isVeto() && words == 0 && digits == 0) {
        return cue; // the label of this very number, not of one before
      }
      words += hint == Hint.NEUTRAL || p - start == 1 ? 0 : 1;
      p = start;
    }
    return Cue.NONE;
  }

  /**
   * Whether the word after a number says that it is a phone's, and nothing goes on after that word:
   * "- Fax", " mobile", "(office)".
   */
  static boolean isPhoneBefore(byte[] text, int at, int to) {
    int start = at;
    while (start < to && start - at < 3 && " -(,".indexOf(text[start]) >= 0) {
      start++;
    }
    int end = start;
    while (end < to && end - start < 10 && Ascii.isLetter(text[end])) {
      end++;
    }
    if (end == start || start == at || (end < to && Ascii.isWord(text[end]))) {
      return false;
    }
    boolean goesOn = end + 1 < to && text[end] == ' ' && Ascii.isLetter(text[end + 1]);
    long cue = Vocabulary.cue(text, start, end);
    boolean isPhone = Cue.hint(cue) == Hint.SAID && Cue.isFor(cue, Cue.bit(Kinds.PHONE));
    return !goesOn && (isPhone || Vocabulary.isPlace(text, start, end));
  }

  /** What a word says, or the phrase that it ends. */
  static long word(byte[] text, int from, int start, int end) {
    long cue = Vocabulary.cue(text, start, end);
    if ((cue & Cue.ENDS_PHRASE) != 0) {
      long phrase = Vocabulary.phrase(text, from, start, end);
      if (phrase != Cue.NONE) {
        // "permanent account number" holds "account number", and says more.
        long longer = Vocabulary.phraseBefore(text, from, start);
        return longer == Cue.NONE ? phrase : longer;
      }
    }
    return cue & ~(Cue.ENDS_PHRASE | Cue.NAMES | Cue.HOLDS_VALUE);
  }

  /** What a field's name says; one of neutral words alone asks the name above it. */
  static long field(@Nullable FieldName field) {
    FieldName name = field;
    for (int i = 0; i < NAMES_MAX && name != null; i++) {
      long cue = name.cue();
      if (Cue.hint(cue) != Hint.NEUTRAL) {
        return cue;
      }
      name = name.parent();
    }
    return Cue.NONE;
  }

  /** What the last word of a name says that says anything. */
  static long name(byte[] key, int from, int to) {
    if (to - from > NAME_BYTES_MAX || holdsMask(key, from, to)) {
      return Cue.of(Hint.NEUTRAL, 0); // what a mask in a key hides must not decide
    }
    long result = Cue.of(Hint.NEUTRAL, 0) | role(key, from, to);
    int p = to;
    while (p > from) {
      if (!Ascii.isLetter(key[p - 1])) {
        p--;
        continue;
      }
      int start = Words.start(key, from, p);
      long cue = word(key, from, start, p);
      Hint hint = Cue.hint(cue);
      if (hint != Hint.NONE && hint != Hint.NEUTRAL) {
        // "password_changed_at" is no password, but "phone_verified" may well be a phone.
        return Cue.hint(result) == Hint.NONE ? cue & ~Labels.WHOLE : cue;
      }
      if (hint == Hint.NONE) {
        result &= Cue.NAMES | Cue.HOLDS_VALUE;
      }
      p = start;
    }
    return result;
  }

  /** Whether a whole key says that it names another field, or holds its value. */
  private static long role(byte[] key, int from, int to) {
    return Vocabulary.cue(key, from, to) & (Cue.NAMES | Cue.HOLDS_VALUE);
  }

  private static boolean holdsMask(byte[] key, int from, int to) {
    for (int i = from; i < to; i++) {
      if (key[i] == '*' || (key[i] == ']' && MaskText.isTagBefore(key, from, i + 1))) {
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
      if (!BETWEEN_LISTED[text[i] & 0xff]) {
        return false;
      }
    }
    return true;
  }
}
