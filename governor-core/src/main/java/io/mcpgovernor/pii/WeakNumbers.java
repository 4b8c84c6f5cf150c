package io.mcpgovernor.pii;

import org.jspecify.annotations.Nullable;

/**
 * Numbers that could be anything until something speaks for them: a check digit and issuer, a
 * plausible area code, a plus, words before them, or their field's name. See {@link Evidence}.
 */
final class WeakNumbers {
  private static final int SSN_DIGITS = 9;

  /** A JSON number has lost the leading zeros of what it was made from. */
  private static final int SSN_NUMBER_DIGITS_MIN = 7;

  private static final int DATE_BYTES = 10;

  private WeakNumbers() {}

  /**
   * Adds the PII among the numbers between the findings there are from {@code mark} on, which are
   * in order.
   */
  static void add(Text text, int mark, Findings findings) {
    byte[] utf8 = text.utf8();
    int to = text.to();
    int walls = findings.size();
    int wall = mark;
    int low = text.from();
    Kind last = null;
    int i = text.from();
    while (i < to) {
      if (wall < walls && i >= findings.start(wall)) {
        low = Math.max(i, findings.end(wall));
        last = findings.kind(wall++);
        i = low;
        continue;
      }
      if (!Ascii.isDigit(utf8[i])) {
        i++;
        continue;
      }
      int end = Ascii.digitsEnd(utf8, i, to);
      int high = wall < walls ? findings.start(wall) : to;
      if (end > high) {
        i = high; // the rest of these digits is part of an address
      } else if (!isCandidate(utf8, i, end, high, to)
          || MaskText.isTail(utf8, text.from(), i, end)) {
        i = end;
      } else if (DigitGroups.isDate(utf8, i, to)) {
        i += DATE_BYTES;
      } else {
        int size = findings.size();
        addAt(text, low, i, end, high, last, findings);
        if (findings.size() > size) {
          low = findings.end(size);
          last = findings.kind(size);
          i = low;
        } else {
          i = end;
        }
      }
    }
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
    int next = DigitGroups.next(text, end, high);
    return next >= 0 && !isLettered(text, Ascii.digitsEnd(text, next, to), to);
  }

  /** Whether letters follow that are not the beginning of "x12" or "ext. 12". */
  private static boolean isLettered(byte[] text, int end, int to) {
    return end < to
        && Ascii.isLetter(text[end])
        && (text[end] | 0x20) != 'x'
        && (text[end] | 0x20) != 'e';
  }

  private static void addAt(
      Text text, int low, int at, int end, int high, @Nullable Kind last, Findings findings) {
    byte[] utf8 = text.utf8();
    int from = text.from();
    int to = text.to();
    long phone = PhoneShape.international(utf8, from, low, at, high, to);
    if (phone != Span.NONE) {
      if (Evidence.about(text, low, Span.start(phone), last) != Hint.MEASURE) {
        findings.add(Span.start(phone), Span.end(phone), Kinds.PHONE);
      }
      return;
    }
    phone = end - at == 3 ? PhoneShape.plausible(utf8, from, low, at, high, to) : Span.NONE;
    if (phone != Span.NONE) {
      if (!Evidence.about(text, low, Span.start(phone), last).isVeto()) {
        findings.add(Span.start(phone), Span.end(phone), Kinds.PHONE);
      }
      return;
    }
    if (!Boundary.startsWord(utf8, from, at) || Boundary.isPriced(utf8, from, at)) {
      return;
    }
    long card = CardShape.checked(utf8, low, at, end, high, to);
    if (card != Span.NONE) {
      if (!Evidence.about(text, low, at, last).isVeto()) {
        findings.add(at, Span.end(card), Kinds.CARD);
      }
      return;
    }
    addByEvidence(text, low, at, end, high, last, findings);
  }

  private static void addByEvidence(
      Text text, int low, int at, int end, int high, @Nullable Kind last, Findings findings) {
    byte[] utf8 = text.utf8();
    int to = text.to();
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
    Hint hint = Evidence.about(text, low, at, last);
    switch (hint) {
      case SSN -> {
        int length = end - at;
        if (whole
            && (length == SSN_DIGITS
                || (text.isNumber() && length >= SSN_NUMBER_DIGITS_MIN && length < SSN_DIGITS))) {
          findings.add(at, end, Kinds.SSN);
        } else if (ShapeDetector.isSsn(utf8, text.from(), at, to, ' ')
            || ShapeDetector.isSsn(utf8, text.from(), at, to, '.')) {
          findings.add(at, at + ShapeDetector.SSN_BYTES, Kinds.SSN);
        }
      }
      case CARD, MAYBE_CARD -> {
        int cardEnd = CardShape.claimedEnd(utf8, at, end, whole, high, hint == Hint.CARD);
        if (cardEnd > at) {
          findings.add(at, cardEnd, Kinds.CARD);
        }
      }
      case PHONE, LIKELY_PHONE, MAYBE_PHONE -> {
        int phoneEnd = PhoneShape.claimedEnd(utf8, at, end, whole, high, hint);
        if (phoneEnd > at) {
          findings.add(at, PhoneShape.extensionEnd(utf8, phoneEnd, high), Kinds.PHONE);
        }
      }
      default -> {}
    }
  }
}
