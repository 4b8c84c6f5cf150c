package io.mcpgovernor.pii;

import io.mcpgovernor.pii.token.IpAddress;
import io.mcpgovernor.pii.token.MacAddress;
import io.mcpgovernor.pii.token.ProviderKeys;
import io.mcpgovernor.pii.token.UrlCredentials;
import io.mcpgovernor.pii.token.Uuid;

/**
 * The built-in detector, in two passes: first what is PII by its shape alone, whatever its value;
 * then, between those, what needs a check digit, words nearby or a field's name to speak for it.
 * The second pass sees findings of the first as walls, just as it will see their masks if the text
 * is scanned again.
 *
 * <p>Looks a bounded number of bytes to either side of each candidate, and at no long word twice,
 * so its time is linear whatever the text. Used for one text after the other by one thread at a
 * time.
 */
final class ShapeDetector {
  /** Nothing shorter is found where no field says what it is: {@code a@b.cc}. */
  private static final int BYTES_MIN = 6;

  private static final byte[] NOTHING = {};
  private static final CandidateFinder FINDER = CandidateFinder.BEST;

  private final boolean wantsIp;
  private final long unwanted;
  private final Candidates candidates = new Candidates();
  private final WordShapes words = new WordShapes();
  private final WeakNumbers weak = new WeakNumbers();

  // Of the text that is looked at.
  private Text in = new Text();
  private byte[] text = NOTHING;
  private int from;
  private int to;

  /** Where the last finding ends: no other begins before it. */
  private int low;

  /** Whether its field's name speaks for some kind, so that few digits may be something. */
  private boolean isNamed;

  private Findings findings = new Findings();

  /**
   * A detector.
   *
   * @param kinds those that are masked, a set of {@link Cue#bit}s
   */
  ShapeDetector(long kinds) {
    unwanted = Labels.WHOLE & ~kinds;
    wantsIp = (kinds & Cue.bit(Kinds.IP_ADDRESS)) != 0;
  }

  /** Adds what is found in a text. */
  @SuppressWarnings("ReferenceEquality") // as in Text
  void find(Text wanted, Findings out) {
    if (in != wanted) {
      in = wanted;
    }
    if (text != in.utf8()) {
      text = in.utf8();
    }
    from = in.from();
    to = in.to();
    words.encoded().clear();
    isNamed = Cue.hint(Evidence.field(in.field())).isFor();
    if (to - from < (isNamed ? CommonDigits.NAMED_DIGITS_MIN : BYTES_MIN)) {
      return;
    }
    int i = FINDER.next(text, from, to);
    if (i == to && Lines.end(text, from, to) == to) {
      return; // and no table
    }
    if (findings != out) {
      findings = out;
    }
    low = from;
    int mark = out.size();
    candidates.clear();
    words.start(text, from, to, out, candidates);
    weak.start(in, out);
    while (i < to) {
      int next = at(i);
      // In dense text the next one is close: then a look is quicker than a search.
      if (next + 1 < to
          && CandidateFinder.isSign(text[next + 1])
          && !CandidateFinder.isSign(text[next])) {
        i = next + 1;
      } else {
        i = FINDER.next(text, next, to);
      }
    }
    weak.addCells();
    if (candidates.size() > 0) {
      out.settle(mark);
      weak.add(mark, candidates);
    }
  }

  /** Where words begin and end, in turn, that may be text in base64. */
  Candidates encoded() {
    return words.encoded();
  }

  /** Lets go of the text. */
  void wipe() {
    text = NOTHING;
    words.wipe();
    weak.wipe();
  }

  int bytesHeld() {
    return candidates.bytesHeld();
  }

  /** Looks at the candidate at {@code i} and says where to go on. */
  private int at(int i) {
    byte c = text[i];
    if (Ascii.isDigit(c)) {
      return digits(i);
    }
    return switch (c) {
      case '@' -> sign(i);
      case ':', '=' -> label(i);
      case ';', '<', '>', '?' -> i + 1;
      default -> words.longWord(i, low);
    };
  }

  private int sign(int i) {
    if (i == from || i + 1 == to || !mayStandBefore(text[i - 1]) || !mayStandAfter(text[i + 1])) {
      return i + 1;
    }
    long credentials = UrlCredentials.find(text, i, low, to);
    if (credentials >= 0) {
      return found(credentials, Kinds.URL_CREDENTIALS, i + 1);
    }
    long email = EmailShape.around(text, from, low, i, to);
    return email == Span.NONE ? i + 1 : found(email, Kinds.EMAIL, i + 1);
  }

  /** Whether an address or password may end with a byte. */
  private static boolean mayStandBefore(byte c) {
    return c > ' ' ? c != '@' : c < 0;
  }

  /** Whether a domain, or a placeholder for a host, may begin with a byte. */
  private static boolean mayStandAfter(byte c) {
    return c < 0 || Ascii.isWord(c) || "[{$<%(\\".indexOf(c) >= 0;
  }

  /** After "name:" or "name=" a value may stand that only its name tells. */
  private int label(int i) {
    if (i - 2 >= from && Ascii.isLetter(text[i - 1]) && text[i] == ':') {
      int mac = i - 2 >= low ? mac(i - 2) : -1;
      if (mac > 0) {
        return mac;
      }
    }
    int end = Labels.nameEnd(text, low, i);
    if (end == low) {
      return i + 1;
    }
    int tag = tagAround(i);
    if (tag > i) {
      return tag;
    }
    // A label of a kind that is left must not hide what stands in its value.
    long cue = Labels.cue(text, low, end) & ~unwanted;
    if (!Cue.isFor(cue, Labels.WHOLE)) {
      return i + 1;
    }
    long value = Labels.value(text, i + 1, to, cue);
    return value == Span.NONE ? i + 1 : found(value, Labels.kind(text, value, cue), i + 1);
  }

  /** Where the hash {@code [ssn:abcdefghijklmnop]} ends whose colon stands at {@code i}, or 0. */
  private int tagAround(int i) {
    int start = i;
    while (start > from
        && i - start < 64
        && (Ascii.isWord(text[start - 1]) || text[start - 1] == '_')) {
      start--;
    }
    boolean isOpen = start > from && text[start - 1] == '[';
    return isOpen ? MaskText.tagEnd(text, start - 1, to) : 0;
  }

  private int digits(int i) {
    int end = Ascii.digitsEnd(text, i, to);
    byte before = i > from ? text[i - 1] : 0;
    byte after = end < to ? text[end] : 0;
    if ((!isNamed && isCommon(i, end, before, after))
        || CommonDigits.isEscape(text, i, end, before)) {
      return end;
    }
    if (after == '.' && !isNamed) {
      int decimal = CommonDigits.decimalEnd(text, end, to, before);
      if (decimal > 0) {
        return decimal;
      }
    }
    if (before == '-' || before == ':' || before == '.') {
      int start = MacAddress.lettersBefore(text, low, i);
      int mac = start < i ? mac(start) : -1;
      if (mac > 0) {
        return mac;
      }
    }
    boolean endsRun = before == '-' && i - 2 >= low && Ascii.isLetter(text[i - 2]);
    if (CommonDigits.isPartOfWord(before) || CommonDigits.isPartOfWord(after) || endsRun) {
      int next = words.around(i, end, low);
      if (next > i) {
        low = pastFindings();
        return next;
      }
    }
    int joined = joined(i, end, after);
    if (joined > 0) {
      return joined;
    }
    int size = findings.size();
    int next = shapes(i, end);
    if (findings.size() > size) {
      low = pastFindings();
    }
    addCandidates(i, next, size);
    return next;
  }

  private boolean isCommon(int i, int end, byte before, byte after) {
    return CommonDigits.isShort(text, from, i, end, to, before, after)
        || CommonDigits.isLone(text, low, i, end, to, before, after);
  }

  /**
   * What machines write of digits and the sign after them: moments, addresses, UUIDs, keys. Says
   * where to go on, or -1.
   */
  private int joined(int i, int end, byte sign) {
    int length = end - i;
    if (sign == '.') {
      int address = length <= 3 ? IpAddress.end(text, i, to) : -1;
      if (address > 0) {
        return ip(i, address);
      }
      return length == 4 ? mac(i) : -1;
    }
    if (sign != ':' && sign != '-' && sign != '/') {
      return -1;
    }
    int stamp = Stamps.end(text, i, end, to);
    if (stamp > 0) {
      return stamp;
    }
    int mac = length == 2 ? mac(i) : -1;
    if (mac > 0) {
      return mac;
    }
    if (sign == '-') {
      return length == 8 ? Uuid.end(text, i, to) : -1;
    }
    if (sign == ':') {
      int key = length >= 8 ? ProviderKeys.end(text, i, to) : -1;
      if (key > 0) {
        return found(Span.of(i, key), Kinds.API_KEY, key);
      }
      int address = length <= 4 ? IpAddress.end(text, i, to) : -1;
      if (address > 0) {
        return ip(i, address);
      }
    }
    return -1;
  }

  /** A hardware address that begins at {@code start}; says where to go on, or -1. */
  private int mac(int start) {
    int end = MacAddress.end(text, start, to);
    return end > 0 ? found(Span.of(start, end), Kinds.MAC_ADDRESS, end) : -1;
  }

  /** An IP address, passed over where nobody wants it masked. */
  private int ip(int at, int end) {
    return wantsIp ? found(Span.of(at, end), Kinds.IP_ADDRESS, end) : end;
  }

  /** What always is PII: the two phone writings, social security numbers, rows of four by four. */
  private int shapes(int at, int end) {
    if (end - at == 3) {
      long phone = PhoneShape.always(text, from, low, at, to);
      if (phone != Span.NONE) {
        Kind kind =
            Span.start(phone) == at
                ? weak.named(low, at, Span.end(phone), Kinds.PHONE)
                : Kinds.PHONE;
        findings.add(Span.start(phone), Span.end(phone), kind);
        return Span.end(phone);
      }
      int ssnEnd = SsnShape.alwaysEnd(text, from, at, to);
      if (ssnEnd > at) {
        findings.add(at, ssnEnd, weak.named(low, at, ssnEnd, Kinds.SSN));
        return ssnEnd;
      }
    } else if (end - at == 4
        && CardShape.isRow(text, at, to)
        && Boundary.startsWord(text, from, at)
        && !MaskText.isTail(text, from, at, end)) {
      return CardShape.addRow(text, at, to, findings);
    }
    return end;
  }

  /** Notes the digits from {@code at} to {@code next} that were not found but may be something. */
  private void addCandidates(int at, int next, int size) {
    int i = at;
    int found = size;
    while (i < next) {
      int end = Ascii.digitsEnd(text, i, to);
      while (found < findings.size() && findings.end(found) <= i) {
        found++;
      }
      if (found == findings.size() || findings.start(found) > i) {
        addCandidate(i, end);
      }
      i = end;
      while (i < next && !Ascii.isDigit(text[i])) {
        i++;
      }
    }
  }

  private void addCandidate(int at, int end) {
    if (CommonDigits.mayBeNumber(text, at, end, to)
        || (end - at >= CommonDigits.NAMED_DIGITS_MIN
            && (isNamed || CommonDigits.isNamed(text, low, at)))
        || Dates.isWorded(text, from, at, end, to)) {
      int letters = words.lettersBefore(at, end);
      if (letters < at) {
        candidates.add(letters);
      }
      candidates.add(at);
    }
  }

  private int found(long span, Kind kind, int atLeast) {
    findings.add(Span.start(span), Span.end(span), kind);
    low = Math.max(low, Span.end(span));
    return Math.max(atLeast, low);
  }

  /** Where the next finding may begin: not before the end of the last one. */
  private int pastFindings() {
    int size = findings.size();
    return size == 0 ? low : Math.max(low, findings.end(size - 1));
  }
}
