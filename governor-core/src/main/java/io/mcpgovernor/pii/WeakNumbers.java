package io.mcpgovernor.pii;

import org.jspecify.annotations.Nullable;

/**
 * Numbers and words that could be anything until something speaks for them: a check digit and
 * issuer, a plausible area code, a plus, words before them, or their field's name. See {@link
 * Context}.
 *
 * <p>Used for one text after the other by one thread at a time.
 */
final class WeakNumbers {
  /** A word after a number speaks of no more than this. */
  private static final int PHONE_BYTES_MAX = 64;

  private static final byte[] NOTHING = {};

  /** The kinds whose shapes have classes of their own; those of the others are templates. */
  private static final long SHAPED =
      Cue.bit(Kinds.PHONE) | Cue.bit(Kinds.SSN) | Cue.bit(Kinds.CARD);

  private static final long SECRETS = Cue.bit(Kinds.SECRET);
  private static final long BIRTHS = Cue.bit(Kinds.BIRTH_DATE);

  private final Context context = new Context();
  private final TemplateShapes templates = new TemplateShapes();

  // Of the text that is looked at.
  private Text in = new Text();
  private byte[] text = NOTHING;
  private int from;
  private int to;
  private Findings findings = new Findings();

  // Of the candidate that is looked at: between which findings it stands, and what the first is.
  private int low;
  private int high;
  private @Nullable Kind last;

  /** Begins a text: what words say about a number is asked in both passes. */
  @SuppressWarnings("ReferenceEquality") // as in Text
  void start(Text wanted, Findings out) {
    if (in != wanted) {
      in = wanted;
    }
    if (text != in.utf8()) {
      text = in.utf8();
    }
    from = in.from();
    to = in.to();
    if (findings != out) {
      findings = out;
    }
    context.start(in);
    templates.start(text, to, out);
  }

  /** Forgets the text. */
  void wipe() {
    text = NOTHING;
    context.wipe();
    templates.wipe();
  }

  /** Adds the cells of tables that only their header tells. */
  void addCells() {
    context.addCells(findings);
  }

  /**
   * The kind that words give to a number of a shape that always is PII.
   *
   * @param before where the last finding before it ends
   */
  Kind named(int before, int at, int end, Kind otherwise) {
    return templates.named(context.about(before, at), at, end, otherwise);
  }

  /**
   * Adds the PII among the candidates between the findings there are from {@code mark} on, which
   * are in order.
   */
  void add(int mark, Candidates candidates) {
    int walls = findings.size();
    int wall = mark;
    low = from;
    last = null;
    int clear = from; // candidates before it are part of what was found
    for (int i = 0; i < candidates.size(); i++) {
      int at = candidates.start(i);
      while (wall < walls && at >= findings.start(wall)) {
        low = Math.max(low, findings.end(wall));
        last = findings.kind(wall++);
        clear = Math.max(clear, low);
      }
      if (at < clear) {
        continue;
      }
      high = wall < walls ? findings.start(wall) : to;
      int size = findings.size();
      int next = look(at);
      if (findings.size() > size) {
        low = findings.end(size);
        last = findings.kind(size);
        next = low;
      }
      clear = Math.max(clear, next);
    }
  }

  /** Looks at one candidate; says before where no other is worth a look. */
  private int look(int at) {
    int digits = Ascii.digitsEnd(text, at, to);
    int end = Ascii.wordEnd(text, digits, to);
    if (digits == at || (end > digits && !PhoneShape.isExtended(text, at, digits, to))) {
      if (end <= high) {
        word(at, end);
      }
      return at;
    }
    if (digits > high || MaskText.isTail(text, from, at, digits)) {
      return digits; // the rest of these digits is part of an address
    }
    long date = Dates.around(text, low, at, digits, high);
    if (date != Span.NONE) {
      long cue = context.about(low, Span.start(date));
      if (Cue.isFor(cue, BIRTHS)) {
        findings.add(Span.start(date), Span.end(date), Kinds.BIRTH_DATE);
        return Span.end(date);
      }
      boolean isDialled = at > from && text[at - 1] == '+';
      if (!isDialled && DigitGroups.isDate(text, at, to)) {
        return Span.end(date);
      }
    }
    number(at, digits);
    return digits;
  }

  private void word(int at, int end) {
    if (!SpokenSecret.mayBegin(text, from, at, high) && !templates.fits(false, at, end, high)) {
      return;
    }
    long cue = context.about(low, at);
    if (cue == Cue.NONE
        && templates.addSaid(Evidence.listed(in, low, at, last), false, at, end, high)) {
      return;
    }
    if (templates.addSaid(cue, false, at, end, high)
        || templates.addChecked(cue, false, at, end, low, high)) {
      return;
    }
    if (Cue.isFor(cue, SECRETS) && Cue.hint(cue) == Hint.SAID) {
      int secretEnd = SpokenSecret.end(text, at, high);
      if (secretEnd > at) {
        findings.add(at, secretEnd, Kinds.SECRET);
      }
    }
  }

  private void number(int at, int end) {
    if (!mayBeNumber(at, end)) {
      return;
    }
    long cue = context.about(low, at);
    Hint hint = Cue.hint(cue);
    boolean starts = Boundary.startsWord(text, from, at) && !Boundary.isPriced(text, from, at);
    if (cue == Cue.NONE && starts && addListed(at, end)) {
      return;
    }
    if ((Cue.kinds(cue) & ~SHAPED) != 0
        && starts
        && !Boundary.isDotted(text, low, at, end, high)
        && templates.addSaid(cue, true, at, end, high)) {
      return;
    }
    long phone = PhoneShape.international(text, from, low, at, high, to);
    if (phone != Span.NONE) {
      if (hint != Hint.MEASURE) {
        findings.add(Span.start(phone), Span.end(phone), Kinds.PHONE);
      }
      return;
    }
    phone = end - at == 3 ? PhoneShape.plausible(text, from, low, at, high, to) : Span.NONE;
    if (phone != Span.NONE) {
      if (!hint.isVeto()) {
        findings.add(Span.start(phone), Span.end(phone), Kinds.PHONE);
      }
      return;
    }
    if (!starts) {
      return;
    }
    long card = CardShape.checked(text, low, at, end, high, to);
    if (card != Span.NONE) {
      if (!hint.isVeto()) {
        findings.add(at, Span.end(card), Kinds.CARD);
      }
      return;
    }
    if (templates.addChecked(cue, true, at, end, low, high)) {
      return;
    }
    if (cue == Cue.NONE) {
      addByWordAfter(at, end);
    } else {
      addByEvidence(cue, at, end);
    }
  }

  /** Whether digits, with the groups after them, are enough for a phone, or have another shape. */
  private boolean mayBeNumber(int at, int end) {
    return end - at >= PhoneShape.DIGITS_MIN
        || DigitGroups.next(text, end, high) >= 0
        || in.isNumber()
        || templates.fits(true, at, end, high);
  }

  /** Adds the next number of a list whose first was found: "phones: 5551234567, 5559876543". */
  private boolean addListed(int at, int end) {
    long cue = Evidence.listed(in, low, at, last);
    if (cue == Cue.NONE) {
      return false;
    }
    int size = findings.size();
    if (!templates.addSaid(cue, true, at, end, high)) {
      addByEvidence(cue, at, end);
    }
    return findings.size() > size;
  }

  /** Adds a number that is said to be a phone's, a card's or one of social security. */
  private void addByEvidence(long cue, int at, int end) {
    if (!Cue.isFor(cue, SHAPED)) {
      return;
    }
    boolean isLong = end - at >= PhoneShape.DIGITS_MIN;
    boolean whole =
        isLong
            && !Boundary.isDotted(text, low, at, end, high)
            && (Boundary.endsWord(text, end, to) || PhoneShape.extensionEnd(text, end, high) > end);
    if (isLong ? !whole : !isEnoughInGroups(at)) {
      return;
    }
    Hint hint = Cue.hint(cue);
    if (Cue.isFor(cue, Cue.bit(Kinds.SSN))) {
      int ssnEnd = SsnShape.claimedEnd(in, at, end, whole);
      if (ssnEnd > at) {
        findings.add(at, ssnEnd, Kinds.SSN);
      }
    } else if (Cue.isFor(cue, Cue.bit(Kinds.CARD))) {
      int cardEnd = CardShape.claimedEnd(text, at, end, whole, high, hint == Hint.SAID);
      if (cardEnd > at) {
        findings.add(at, cardEnd, Kinds.CARD);
      }
    } else {
      int phoneEnd = PhoneShape.claimedEnd(text, at, end, whole, high, hint);
      if (phoneEnd > at) {
        int start = PhoneShape.bracketBefore(text, low, at, phoneEnd);
        findings.add(start, PhoneShape.extensionEnd(text, phoneEnd, high), Kinds.PHONE);
      }
    }
  }

  private boolean isEnoughInGroups(int at) {
    long groups = DigitGroups.read(text, at, high, CardShape.DIGITS_MAX, false);
    return DigitGroups.digits(groups) >= PhoneShape.DIGITS_MIN;
  }

  /** A phone number that is told by what follows it: "781 1704 office", "555 1234 (fax)". */
  private void addByWordAfter(int at, int end) {
    if (!context.hasWordAfter(at)) {
      return;
    }
    boolean whole =
        end - at >= PhoneShape.DIGITS_MIN && !Boundary.isDotted(text, low, at, end, high);
    // Or every group of a long row would look for the row's end.
    int limit = Math.min(high, at + PHONE_BYTES_MAX);
    int phoneEnd = PhoneShape.claimedEnd(text, at, end, whole, limit, Hint.SAID);
    if (phoneEnd > at && Evidence.isPhoneBefore(text, phoneEnd, high)) {
      findings.add(PhoneShape.bracketBefore(text, low, at, phoneEnd), phoneEnd, Kinds.PHONE);
    }
  }
}
