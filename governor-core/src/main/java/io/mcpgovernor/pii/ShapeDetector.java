package io.mcpgovernor.pii;

/**
 * The built-in detector. It looks at digits and {@code @} signs only, in two passes: first what is
 * PII by its shape alone, whatever its value; then, between those, what needs a check digit, words
 * nearby or a field's name to speak for it. The second pass sees findings of the first as walls,
 * just as it will see their masks if the text is scanned again.
 *
 * <p>Stateless and thread-safe. Looks a bounded number of bytes to either side of each candidate,
 * so its time is linear whatever the text.
 */
final class ShapeDetector implements PiiDetector {
  static final ShapeDetector INSTANCE = new ShapeDetector();

  /** Nothing shorter is found: {@code a@b.cc}. */
  static final int BYTES_MIN = 6;

  /** The length of {@code ddd-dd-dddd}. */
  static final int SSN_BYTES = 11;

  private ShapeDetector() {}

  @Override
  public void find(Text text, Findings findings) {
    if (text.to() - text.from() < BYTES_MIN) {
      return;
    }
    int mark = findings.size();
    if (findShapes(text.utf8(), text.from(), text.to(), findings)) {
      findings.settle(mark);
      WeakNumbers.add(text, mark, findings);
    }
  }

  /**
   * Adds what is PII by shape alone; says whether there are numbers besides worth a second look.
   */
  private static boolean findShapes(byte[] text, int from, int to, Findings findings) {
    int low = from;
    int lowEmail = from;
    int digits = 0;
    boolean weak = false;
    int i = from;
    while (i < to) {
      byte c = text[i];
      if (c == '@') {
        long email = EmailShape.around(text, from, lowEmail, i, to);
        i++;
        if (email != Span.NONE) {
          findings.add(Span.start(email), Span.end(email), Kinds.EMAIL);
          i = Span.end(email);
          low = i;
          lowEmail = i;
        }
      } else if (Ascii.isDigit(c)) {
        int size = findings.size();
        int end = Ascii.digitsEnd(text, i, to);
        int next = atDigits(text, from, low, i, end, to, findings);
        boolean found = findings.size() > size;
        // What was passed over counts, unless it is nothing but the one finding.
        if (!found || findings.size() > size + 1 || findings.start(size) > i) {
          weak |= WeakNumbers.isCandidate(text, i, end, to, to);
          digits += next - i;
        }
        if (found) {
          low = findings.end(findings.size() - 1);
        }
        i = next;
      } else {
        i++;
      }
    }
    return weak && digits >= PhoneShape.DIGITS_MIN;
  }

  private static int atDigits(
      byte[] text, int from, int low, int at, int end, int to, Findings findings) {
    if (end - at == 3) {
      long phone = PhoneShape.always(text, from, low, at, to);
      if (phone != Span.NONE) {
        findings.add(Span.start(phone), Span.end(phone), Kinds.PHONE);
        return Span.end(phone);
      }
      if (isSsn(text, from, at, to, '-')) {
        findings.add(at, at + SSN_BYTES, Kinds.SSN);
        return at + SSN_BYTES;
      }
    } else if (end - at == 4
        && CardShape.isRow(text, at, to)
        && Boundary.startsWord(text, from, at)
        && !MaskText.isTail(text, from, at, end)) {
      return CardShape.addRow(text, at, to, findings);
    }
    return end;
  }

  /** Whether three, two and four digits with this separator stand at {@code at}. */
  static boolean isSsn(byte[] text, int from, int at, int to, char separator) {
    return Ascii.is(text, at + 3, to, separator)
        && Ascii.digits(text, at + 4, 2, to)
        && Ascii.is(text, at + 6, to, separator)
        && Ascii.digits(text, at + 7, 4, to)
        && Boundary.startsWord(text, from, at)
        && Boundary.endsWord(text, at + SSN_BYTES, to);
  }
}
