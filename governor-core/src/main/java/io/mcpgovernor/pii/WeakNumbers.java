package io.mcpgovernor.pii;

import io.mcpgovernor.pii.token.SecretValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and words that could be anything until something speaks for them: a check digit and
 * issuer, a plausible area code, a plus, words before them, or their field's name. See {@link
 * Evidence}.
 *
 * <p>Used for one text after the other by one thread at a time.
 */
final class WeakNumbers {
  private static final int SSN_DIGITS = 9;

  /** A JSON number has lost the leading zeros of what it was made from. */
  private static final int SSN_NUMBER_DIGITS_MIN = 7;

  /** A word after a number speaks of no more than this. */
  private static final int PHONE_BYTES_MAX = 64;

  private static final int COMPACT_MAX = 64;
  private static final boolean[] AFTER_SECRET = Ascii.set("\"'`,;<>()[]{}");
  private static final byte[] NOTHING = {};
  private static final long SEED_KINDS =
      Cue.bit(Kinds.PHONE) | Cue.bit(Kinds.SSN) | Cue.bit(Kinds.CARD);
  private static final long SECRETS = Cue.bit(Kinds.SECRET);
  private static final long BIRTHS = Cue.bit(Kinds.BIRTH_DATE);

  private final byte[] compact = new byte[COMPACT_MAX];
  private final Tables tables = new Tables();
  private byte[] utf8 = NOTHING;
  private int from;
  private int to;
  private @Nullable Text text;

  /** Between these places stands no word that says anything. */
  private int clearFrom;

  private int clearTo;

  /** No letter stands between the last candidate and this place. */
  private int quietAfter;

  private Findings findings = new Findings();

  /** Forgets the text. */
  void wipe() {
    utf8 = NOTHING;
    tables.wipe();
    text = null;
    Arrays.fill(compact, (byte) 0);
  }

  /**
   * Adds the PII among the candidates between the findings there are from {@code mark} on, which
   * are in order.
   */
  void add(Text in, int mark, Findings out, Candidates candidates) {
    findings = out;
    int walls = out.size();
    int wall = mark;
    int low = from;
    Kind last = null;
    int clear = from; // candidates before it are part of what was found
    for (int i = 0; i < candidates.size(); i++) {
      int at = candidates.start(i);
      while (wall < walls && at >= out.start(wall)) {
        low = Math.max(low, out.end(wall));
        last = out.kind(wall++);
        clear = Math.max(clear, low);
      }
      if (at < clear) {
        continue;
      }
      int high = wall < walls ? out.start(wall) : to;
      int size = out.size();
      int next = look(in, at, low, high, last);
      if (out.size() > size) {
        low = out.end(size);
        last = out.kind(size);
        next = low;
      }
      clear = Math.max(clear, next);
    }
  }

  /** Begins a text: headers of tables may be asked for by both passes. */
  @SuppressWarnings("ReferenceEquality") // as in Text
  void start(Text in) {
    if (text != in) {
      text = in;
    }
    if (utf8 != in.utf8()) {
      utf8 = in.utf8();
    }
    from = in.from();
    to = in.to();
    tables.read(utf8, from, to);
    clearFrom = from;
    clearTo = from;
    quietAfter = from;
  }

  /** Adds the cells of tables that only their header tells. */
  void addCells(Findings out) {
    tables.addWhole(out);
  }

  /** The kind that words give to a number of a shape that always is PII. */
  Kind named(Text in, int low, int at, int end, Kind otherwise) {
    long cue = about(in, low, at);
    if (Cue.hint(cue) == Hint.SAID && !Cue.isFor(cue, Cue.bit(otherwise))) {
      int run = Ascii.digitsEnd(utf8, at, end) - at;
      for (Templates.Entry entry : Templates.of(true, run, Proof.WORD)) {
        if (Cue.isFor(cue, Cue.bit(entry.kind)) && entry.template.end(utf8, at, to) == end) {
          return entry.kind;
        }
      }
    }
    return otherwise;
  }

  /** Looks at one candidate; says before where no other is worth a look. */
  private int look(Text in, int at, int low, int high, @Nullable Kind last) {
    int digits = Ascii.digitsEnd(utf8, at, to);
    int end = Ascii.wordEnd(utf8, digits, to);
    boolean isExtended = digits - at >= 4 && PhoneShape.extensionEnd(utf8, digits, to) > digits;
    if (digits == at || (end > digits && !isExtended)) {
      if (end <= high) {
        word(in, at, end, low, high, last);
      }
      return at;
    }
    if (digits > high || MaskText.isTail(utf8, from, at, digits)) {
      return digits; // the rest of these digits is part of an address
    }
    long date = Dates.around(utf8, low, at, digits, high);
    if (date != Span.NONE) {
      long cue = about(in, low, Span.start(date));
      if (Cue.isFor(cue, BIRTHS)) {
        findings.add(Span.start(date), Span.end(date), Kinds.BIRTH_DATE);
        return Span.end(date);
      }
      boolean isDialled = at > from && utf8[at - 1] == '+';
      if (!isDialled && DigitGroups.isDate(utf8, at, to)) {
        return Span.end(date);
      }
    }
    number(in, at, digits, low, high, last);
    return digits;
  }

  /**
   * A quick look that rejects most numbers: with too few digits and no further group, or with
   * letters at the end.
   */
  static boolean isCandidate(byte[] text, int at, int end, int high, int to) {
    if (isLettered(text, end, to)) {
      return false;
    }
    if (end - at >= PhoneShape.DIGITS_MIN) {
      return true;
    }
    int digits = end - at;
    int groupEnd = end;
    int groups = 1;
    while (digits < PhoneShape.DIGITS_MIN) {
      int next = DigitGroups.next(text, groupEnd, high);
      if (next < 0) {
        return groups == 3 && Dates.isNumeric(text, at, end, to);
      }
      groupEnd = Ascii.digitsEnd(text, next, to);
      digits += groupEnd - next;
      groups++;
    }
    // One letter alone may be a check character: "131052-308T".
    return groups > 2
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

  private long about(Text in, int low, int at) {
    long cue = tables.cue(at);
    if (Cue.hint(cue) != Hint.NONE && Cue.hint(cue) != Hint.NEUTRAL) {
      return cue;
    }
    int window = Math.max(low, at - Evidence.WINDOW_BYTES);
    boolean goesOn = window >= clearFrom && window <= clearTo && at >= clearTo;
    cue = Evidence.before(utf8, from, low, at, goesOn ? clearTo : window);
    if (cue != Cue.NONE) {
      return cue;
    }
    // What was looked at in vain is not looked at again for the next number.
    clearFrom = goesOn ? clearFrom : window;
    clearTo = at;
    return Evidence.byField(in);
  }

  /** Whether a word stands close enough after {@code at} to be about the number there. */
  private boolean hasWordAfter(int at) {
    int limit = Math.min(to, at + PhoneShape.WRITTEN_MAX);
    int p = Math.max(at, quietAfter);
    while (p < limit && !Ascii.isLetter(utf8[p])) {
      p++;
    }
    quietAfter = p;
    return p < limit;
  }

  private void word(Text in, int at, int end, int low, int high, @Nullable Kind last) {
    if (!mayBeSomething(at, end, high)) {
      return;
    }
    long cue = about(in, low, at);
    if (cue == Cue.NONE && addSaid(Evidence.listed(in, low, at, last), at, end, false, high)) {
      return;
    }
    if (addSaid(cue, at, end, false, high) || addChecked(cue, at, end, false, low, high)) {
      return;
    }
    if (Cue.isFor(cue, SECRETS) && Cue.hint(cue) == Hint.SAID) {
      addSecret(at, high);
    }
  }

  /** Whether a word has the shape of some kind, or may be a secret that a sentence names. */
  private boolean mayBeSomething(int at, int end, int high) {
    return mayBeSecret(at, high)
        || fitsAny(Templates.of(false, end - at, Proof.WORD), at, end, high)
        || fitsAny(Templates.of(false, end - at, Proof.CHECK), at, end, high);
  }

  /** Whether a word is long enough for a secret that a sentence may name. */
  private boolean mayBeSecret(int at, int high) {
    return at > from
        && utf8[at - 1] == ' '
        && secretEnd(at, high) - at >= WordShapes.SECRET_BYTES_MIN;
  }

  private boolean fitsAny(Templates.Entry[] entries, int at, int end, int high) {
    for (Templates.Entry entry : entries) {
      if (entry.end(utf8, at, end, high) > 0) {
        return true;
      }
    }
    return false;
  }

  private void number(Text in, int at, int end, int low, int high, @Nullable Kind last) {
    if (!mayBeNumber(at, end, high)) {
      return;
    }
    long cue = about(in, low, at);
    Hint hint = Cue.hint(cue);
    boolean starts = Boundary.startsWord(utf8, from, at) && !Boundary.isPriced(utf8, from, at);
    if (cue == Cue.NONE && starts && addListed(in, at, end, low, high, last)) {
      return;
    }
    if ((Cue.kinds(cue) & ~SEED_KINDS) != 0
        && starts
        && !Boundary.isDotted(utf8, low, at, end, high)
        && addSaid(cue, at, end, true, high)) {
      return;
    }
    long phone = PhoneShape.international(utf8, from, low, at, high, to);
    if (phone != Span.NONE) {
      if (hint != Hint.MEASURE) {
        findings.add(Span.start(phone), Span.end(phone), Kinds.PHONE);
      }
      return;
    }
    phone = end - at == 3 ? PhoneShape.plausible(utf8, from, low, at, high, to) : Span.NONE;
    if (phone != Span.NONE) {
      if (!hint.isVeto()) {
        findings.add(Span.start(phone), Span.end(phone), Kinds.PHONE);
      }
      return;
    }
    if (!starts) {
      return;
    }
    long card = CardShape.checked(utf8, low, at, end, high, to);
    if (card != Span.NONE) {
      if (!hint.isVeto()) {
        findings.add(at, Span.end(card), Kinds.CARD);
      }
      return;
    }
    if (addChecked(cue, at, end, true, low, high)) {
      return;
    }
    if (cue == Cue.NONE) {
      addByWordAfter(at, end, low, high);
    } else {
      addByEvidence(cue, at, end, low, high);
    }
  }

  /** Whether digits, with the groups after them, are enough for a phone, or have another shape. */
  private boolean mayBeNumber(int at, int end, int high) {
    return end - at >= PhoneShape.DIGITS_MIN
        || DigitGroups.next(utf8, end, high) >= 0
        || (text != null && text.isNumber())
        || fitsAny(Templates.of(true, end - at, Proof.WORD), at, end, high)
        || fitsAny(Templates.of(true, end - at, Proof.CHECK), at, end, high);
  }

  /** Adds the next number of a list whose first was found: "phones: 5551234567, 5559876543". */
  private boolean addListed(Text in, int at, int end, int low, int high, @Nullable Kind last) {
    long cue = Evidence.listed(in, low, at, last);
    if (cue == Cue.NONE) {
      return false;
    }
    int size = findings.size();
    if (!addSaid(cue, at, end, true, high)) {
      addByEvidence(cue, at, end, low, high);
    }
    return findings.size() > size;
  }

  /** Adds what words say it is, if it has the shape; said some words away, it has to be valid. */
  private boolean addSaid(long cue, int at, int end, boolean digits, int high) {
    if (!Cue.hint(cue).isFor()) {
      return false;
    }
    for (Templates.Entry entry : Templates.of(digits, end - at, Proof.WORD)) {
      if (Cue.isFor(cue, Cue.bit(entry.kind))) {
        int last = entry.end(utf8, at, end, high);
        boolean proved =
            Cue.hint(cue) == Hint.SAID || (entry.check != null && passes(entry, at, last));
        if (last > 0 && proved && endsClean(last, high)) {
          findings.add(at, last, entry.kind);
          return true;
        }
      }
    }
    return false;
  }

  /** Adds a secret that a sentence names; it holds a digit, which other words of prose do not. */
  private void addSecret(int at, int high) {
    int end = secretEnd(at, high);
    while (end > at && ".:!?".indexOf(utf8[end - 1]) >= 0) {
      end--;
    }
    if (end - at >= WordShapes.SECRET_BYTES_MIN
        && hasDigit(at, end)
        && SecretValue.isSecret(utf8, at, end)) {
      findings.add(at, end, Kinds.SECRET);
    }
  }

  /** Where what may be a secret ends, with the stops of a sentence. */
  private int secretEnd(int at, int high) {
    int end = at;
    while (end < high && utf8[end] > ' ' && !AFTER_SECRET[utf8[end] & 0xff]) {
      end++;
    }
    return end;
  }

  private boolean hasDigit(int at, int end) {
    for (int i = at; i < end; i++) {
      if (Ascii.isDigit(utf8[i])) {
        return true;
      }
    }
    return false;
  }

  /** Adds what passes a check, if nothing speaks against it. */
  private boolean addChecked(long cue, int at, int end, boolean digits, int low, int high) {
    if (Cue.hint(cue).isVeto()) {
      return false;
    }
    boolean isOther = Cue.hint(cue) == Hint.SAID;
    for (Templates.Entry entry : Templates.of(digits, end - at, Proof.CHECK)) {
      if (isOther && !Cue.isFor(cue, Cue.bit(entry.kind))) {
        continue;
      }
      int last = entry.end(utf8, at, end, high);
      if (last > 0
          && endsClean(last, high)
          && isAlone(at, last, low, high)
          && passes(entry, at, last)) {
        findings.add(at, last, entry.kind);
        return true;
      }
    }
    return false;
  }

  /** Whether no further groups of digits stand before or after, but for those that were found. */
  private boolean isAlone(int at, int end, int low, int high) {
    boolean before = at - 2 >= low && isSeparator(utf8[at - 1]) && endsGroup(at - 1, low);
    boolean after = end + 1 < high && isSeparator(utf8[end]) && beginsGroup(end + 1, high);
    return !before && !after;
  }

  private boolean endsGroup(int end, int low) {
    int start = end;
    while (start > low && end - start < COMPACT_MAX && Ascii.isDigit(utf8[start - 1])) {
      start--;
    }
    return start < end && (start == low || !Ascii.isLetter(utf8[start - 1]));
  }

  private boolean beginsGroup(int start, int high) {
    int end = Ascii.digitsEnd(utf8, start, Math.min(high, start + COMPACT_MAX));
    return end > start && (end == high || !Ascii.isLetter(utf8[end]));
  }

  private static boolean isSeparator(byte c) {
    return c == ' ' || c == '-';
  }

  private boolean endsClean(int end, int high) {
    if (end >= high) {
      return Boundary.endsWord(utf8, end, to);
    }
    byte c = utf8[end];
    boolean goesOn =
        (c == '-' || c == '_' || c == '.' || c == '/')
            && end + 1 < high
            && Ascii.isWord(utf8[end + 1]);
    return !goesOn && c != '@' && c != '_' && Boundary.endsWord(utf8, end, to);
  }

  private boolean passes(Templates.Entry entry, int at, int end) {
    if (entry.check == null || end < 0) {
      return false;
    }
    int count = 0;
    for (int i = at; i < end; i++) {
      byte c = utf8[i];
      if (Ascii.isWord(c)) {
        if (count == COMPACT_MAX) {
          return false;
        }
        compact[count++] = Ascii.upper(c);
      }
    }
    return entry.check.passes(compact, 0, count);
  }

  private void addByEvidence(long cue, int at, int end, int low, int high) {
    if (!Cue.isFor(cue, SEED_KINDS)) {
      return;
    }
    long groups = DigitGroups.read(utf8, at, high, CardShape.DIGITS_MAX, false);
    boolean whole =
        end - at >= PhoneShape.DIGITS_MIN
            && !Boundary.isDotted(utf8, low, at, end, high)
            && (Boundary.endsWord(utf8, end, to) || PhoneShape.extensionEnd(utf8, end, high) > end);
    if (!whole
        && (end - at >= PhoneShape.DIGITS_MIN
            || DigitGroups.digits(groups) < PhoneShape.DIGITS_MIN)) {
      return;
    }
    Hint hint = Cue.hint(cue);
    if (Cue.isFor(cue, Cue.bit(Kinds.SSN))) {
      addSsn(at, end, whole);
    } else if (Cue.isFor(cue, Cue.bit(Kinds.CARD))) {
      int cardEnd = CardShape.claimedEnd(utf8, at, end, whole, high, hint == Hint.SAID);
      if (cardEnd > at) {
        findings.add(at, cardEnd, Kinds.CARD);
      }
    } else {
      int phoneEnd = PhoneShape.claimedEnd(utf8, at, end, whole, high, hint);
      if (phoneEnd > at) {
        int start = PhoneShape.bracketBefore(utf8, low, at, phoneEnd);
        findings.add(start, PhoneShape.extensionEnd(utf8, phoneEnd, high), Kinds.PHONE);
      }
    }
  }

  /** A phone number that is told by what follows it: "781 1704 office", "555 1234 (fax)". */
  private void addByWordAfter(int at, int end, int low, int high) {
    if (!hasWordAfter(at)) {
      return;
    }
    boolean whole =
        end - at >= PhoneShape.DIGITS_MIN && !Boundary.isDotted(utf8, low, at, end, high);
    // Or every group of a long row would look for the row's end.
    int limit = Math.min(high, at + PHONE_BYTES_MAX);
    int phoneEnd = PhoneShape.claimedEnd(utf8, at, end, whole, limit, Hint.SAID);
    if (phoneEnd > at && Evidence.isPhoneBefore(utf8, phoneEnd, high)) {
      findings.add(PhoneShape.bracketBefore(utf8, low, at, phoneEnd), phoneEnd, Kinds.PHONE);
    }
  }

  private void addSsn(int at, int end, boolean whole) {
    int length = end - at;
    boolean isNumber = text != null && text.isNumber();
    if (whole
        && (length == SSN_DIGITS
            || (isNumber && length >= SSN_NUMBER_DIGITS_MIN && length < SSN_DIGITS))) {
      findings.add(at, end, Kinds.SSN);
    } else if (ShapeDetector.isSsn(utf8, from, at, to, ' ')
        || ShapeDetector.isSsn(utf8, from, at, to, '.')) {
      findings.add(at, at + ShapeDetector.SSN_BYTES, Kinds.SSN);
    }
  }
}
