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
  static final int BYTES_MIN = 6;

  /** The length of {@code ddd-dd-dddd}. */
  static final int SSN_BYTES = 11;

  /** Fewer digits are nothing, even where a word says what they are. */
  private static final int NAMED_DIGITS_MIN = 4;

  /** What may stand between a name and its number. */
  private static final boolean[] AFTER_NAME = Ascii.set(" :=#\"'*`\n\r\t");

  /** What makes digits part of something longer, or the end or beginning of it. */
  private static final boolean[] LEADS_ON = leadsOn();

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
  private int low;
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

  private static boolean[] leadsOn() {
    boolean[] leadsOn = Ascii.set("_+-:./@()%");
    for (int c = 0; c < 256; c++) {
      leadsOn[c] |= c >= 0x80 || Ascii.isLetter((byte) c);
    }
    return leadsOn;
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
    if (to - from < (isNamed ? NAMED_DIGITS_MIN : BYTES_MIN)) {
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
    weak.start(in);
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
    weak.addCells(out);
    if (candidates.size() > 0) {
      out.settle(mark);
      weak.add(in, mark, out, candidates);
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
      int mac = MacAddress.end(text, i - 2, to);
      if (mac > 0 && i - 2 >= low) {
        return found(Span.of(i - 2, mac), Kinds.MAC_ADDRESS, mac);
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
    if (isShort(i, end, before, after)
        || isLone(i, end, before, after)
        || isEscape(i, end, before)) {
      return end;
    }
    if (after == '.' && !isNamed) {
      int decimal = decimalEnd(end);
      if (decimal > 0 && before != '-' && before != '.' && !isPartOfWord(before)) {
        return decimal;
      }
    }
    if (before == '-' || before == ':' || before == '.') {
      long address = macBefore(i, before == '.' ? 4 : 2);
      if (address != Span.NONE) {
        return found(address, Kinds.MAC_ADDRESS, end);
      }
    }
    boolean endsRun = before == '-' && i - 2 >= low && Ascii.isLetter(text[i - 2]);
    if (isPartOfWord(before) || isPartOfWord(after) || endsRun) {
      int next = words.around(i, end, low);
      if (next > i) {
        low = words.low(low);
        return next;
      }
    }
    int length = end - i;
    switch (after) {
      case ':', '/', '-' -> {
        int stamp = Stamps.end(text, i, end, to);
        if (stamp > 0) {
          return stamp;
        }
        int address = length == 2 ? MacAddress.end(text, i, to) : -1;
        if (address > 0) {
          return found(Span.of(i, address), Kinds.MAC_ADDRESS, address);
        }
        if (length == 8 && after == '-') {
          int uuid = Uuid.end(text, i, to);
          if (uuid > 0) {
            return uuid;
          }
        }
        if (length >= 8 && after == ':') {
          int key = ProviderKeys.end(text, i, to);
          if (key > 0) {
            return found(Span.of(i, key), Kinds.API_KEY, key);
          }
        }
        if (after == ':') {
          address = length <= 4 ? IpAddress.end(text, i, to) : -1;
          if (address > 0) {
            return ip(i, address);
          }
        }
      }
      case '.' -> {
        int address = length <= 3 ? IpAddress.end(text, i, to) : -1;
        if (address > 0) {
          return ip(i, address);
        }
        address = length == 4 ? MacAddress.end(text, i, to) : -1;
        if (address > 0) {
          return found(Span.of(i, address), Kinds.MAC_ADDRESS, address);
        }
      }
      default -> {}
    }
    int size = findings.size();
    int next = shapes(i, end);
    if (findings.size() > size) {
      low = findings.end(findings.size() - 1);
    }
    addCandidates(i, next, size);
    return next;
  }

  /** Few digits with nothing that joins them to others: most numbers end here. */
  private boolean isShort(int i, int end, byte before, byte after) {
    if (end - i >= NAMED_DIGITS_MIN || isNamed || isPartOfWord(before) || isPartOfWord(after)) {
      return false;
    }
    boolean isJoined =
        switch (after) {
          case ' ' ->
              end + 1 < to
                  && (CandidateFinder.isSign(text[end + 1])
                      || text[end + 1] == '('
                      || text[end + 1] == '-'
                      || Dates.isWorded(text, from, i, end, to));
          case '-', '.', '/', ':', ')', '(', '@' -> true;
          default -> after < 0 || Dates.isWorded(text, from, i, end, to);
        };
    return !isJoined && before != '+' && before != '-' && before != ':' && before != '.';
  }

  /** Too few digits for a phone number, with no others near and no word that names them. */
  private boolean isLone(int i, int end, byte before, byte after) {
    return end - i >= NAMED_DIGITS_MIN
        && end - i < PhoneShape.DIGITS_MIN
        && !isNamed
        && !LEADS_ON[before & 0xff]
        && !LEADS_ON[after & 0xff]
        && DigitGroups.next(text, end, to) < 0
        && !isNamedByWord(i);
  }

  /**
   * Whether digits begin as a percent-encoded blank or sign: {@code %20555} is no number here, but
   * is one once it is decoded.
   */
  private boolean isEscape(int i, int end, byte before) {
    return before == '%'
        && end - i > 2
        && (text[i] == '2' || (text[i] == '4' && text[i + 1] == '0'));
  }

  /**
   * Where a number ends that has one dot and nothing after it that goes on: a fraction or version,
   * never PII by itself; -1 if it is another.
   */
  private int decimalEnd(int dot) {
    int last = Ascii.digitsEnd(text, dot + 1, to);
    boolean goesOn =
        last < to
            && (Ascii.isWord(text[last]) || text[last] < 0 || ".-/_:%".indexOf(text[last]) >= 0);
    return last == dot + 1 || goesOn ? -1 : last;
  }

  /** A hardware address whose first digit stands at {@code i}, with pairs of letters before. */
  private long macBefore(int i, int group) {
    int start = i;
    while (start - group - 1 >= low
        && i - start < 15
        && text[start - 1] == text[i - 1]
        && areHexLetters(start - 1 - group, start - 1)) {
      start -= group + 1;
    }
    int end = start < i ? MacAddress.end(text, start, to) : -1;
    return end > 0 ? Span.of(start, end) : Span.NONE;
  }

  private boolean areHexLetters(int at, int end) {
    for (int i = at; i < end; i++) {
      if ((text[i] | 0x20) < 'a' || (text[i] | 0x20) > 'f') {
        return false;
      }
    }
    return true;
  }

  /** An IP address, passed over where nobody wants it masked. */
  private int ip(int at, int end) {
    return wantsIp ? found(Span.of(at, end), Kinds.IP_ADDRESS, end) : end;
  }

  private static boolean isPartOfWord(byte c) {
    return Ascii.isLetter(c) || c == '_';
  }

  /** What always is PII: the two phone writings, social security numbers, rows of four by four. */
  private int shapes(int at, int end) {
    if (end - at == 3) {
      long phone = PhoneShape.always(text, from, low, at, to);
      if (phone != Span.NONE) {
        Kind kind =
            Span.start(phone) == at
                ? weak.named(in, low, at, Span.end(phone), Kinds.PHONE)
                : Kinds.PHONE;
        findings.add(Span.start(phone), Span.end(phone), kind);
        return Span.end(phone);
      }
      // After a plus it is the beginning of a phone number: "+886-70-1234-5678".
      if (isSsn(text, from, at, to, '-') && (at == from || text[at - 1] != '+')) {
        int last = at + SSN_BYTES;
        findings.add(at, last, weak.named(in, low, at, last, Kinds.SSN));
        return last;
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
    if (WeakNumbers.isCandidate(text, at, end, to, to)
        || (end - at >= NAMED_DIGITS_MIN && (isNamed || isNamedByWord(at)))
        || Dates.isWorded(text, from, at, end, to)) {
      int letters = words.lettersBefore(at, end);
      if (letters < at) {
        candidates.add(letters);
      }
      candidates.add(at);
    }
  }

  /** Whether a word stands right before digits too few to be looked at otherwise. */
  private boolean isNamedByWord(int at) {
    int p = at;
    while (p > low && at - p < 4 && AFTER_NAME[text[p - 1] & 0xff]) {
      p--;
    }
    return p < at && p > low && Ascii.isLetter(text[p - 1]);
  }

  private int found(long span, Kind kind, int atLeast) {
    findings.add(Span.start(span), Span.end(span), kind);
    low = Math.max(low, Span.end(span));
    return Math.max(atLeast, low);
  }

  /** Whether three, two and four digits with this separator stand at {@code at}. */
  static boolean isSsn(byte[] text, int from, int at, int to, char separator) {
    return Ascii.is(text, at + 3, to, separator)
        && Ascii.digits(text, at + 4, 2, to)
        && Ascii.is(text, at + 6, to, separator)
        && Ascii.digits(text, at + 7, 4, to)
        && Boundary.startsWord(text, from, at)
        && Boundary.endsWord(text, at + SSN_BYTES, to)
        && !Boundary.goesOn(text, at + SSN_BYTES, to);
  }
}
