package io.mcpgovernor.pii;

import io.mcpgovernor.pii.check.Bitcoin;
import io.mcpgovernor.pii.check.Ethereum;
import io.mcpgovernor.pii.token.IpAddress;
import io.mcpgovernor.pii.token.Jwt;
import io.mcpgovernor.pii.token.MacAddress;
import io.mcpgovernor.pii.token.ProviderKeys;
import io.mcpgovernor.pii.token.Uuid;

/**
 * Words with digits among their letters, and long words without any: keys and tokens by their
 * prefix, bank account numbers, wallets; UUIDs, to be passed over. What else may be something is
 * noted for a second look.
 *
 * <p>Looks at each run of letters, digits, {@code -} and {@code _} once from its start. Used for
 * one text after the other by one thread at a time.
 */
final class WordShapes {
  private static final byte[] NOTHING = {};

  /** Signs that make what follows part of something longer. */
  private static final boolean[] JOINTS = Ascii.set("-_./*%@\\&+~");

  /** How far back the beginning of a word is looked for. */
  private static final int BACK_MAX = 64;

  /** No key or token is shorter. */
  private static final int TOKEN_BYTES_MIN = 16;

  private static final int UUID_BYTES = 36;

  private final WordsInBase64 base64 = new WordsInBase64();
  private final IbanShape ibans = new IbanShape();
  private byte[] text = NOTHING;
  private int from;
  private int to;
  private Findings findings = new Findings();
  private Candidates candidates = new Candidates();

  /** Where the last run ends that was looked at from its start. */
  private int seen;

  @SuppressWarnings("ReferenceEquality") // as in Text
  void start(byte[] utf8, int begin, int end, Findings out, Candidates noted) {
    if (text != utf8) {
      text = utf8;
    }
    from = begin;
    to = end;
    if (findings != out || candidates != noted) {
      findings = out;
      candidates = noted;
    }
    seen = begin;
    base64.start(utf8, begin, end);
  }

  /** Where words begin and end, in turn, that may be text in base64. */
  Candidates encoded() {
    return base64.places();
  }

  void wipe() {
    text = NOTHING;
    base64.wipe();
    ibans.wipe();
  }

  /**
   * Looks at the word around digits.
   *
   * @param end where the digits at {@code at} end
   * @return where to go on, or {@code at} if the digits are to be taken as a number
   */
  int around(int at, int end, int low) {
    int start = Ascii.lettersStart(text, low, at, BACK_MAX);
    int last = Ascii.wordEnd(text, end, to);
    if (at >= seen) {
      int token = token(start, last, low);
      if (token > at) {
        return token;
      }
    }
    int next = last - start >= 2 ? word(start, last, low) : -1;
    if (next > at) {
      return next;
    }
    boolean isNumber =
        start < at
            ? Boundary.startsWord(text, from, at)
            : last == end || PhoneShape.isExtended(text, at, end, to);
    if (isNumber) {
      return at;
    }
    note(start, last, low);
    return last;
  }

  /** Looks at a long word without digits that begins at {@code at}; says where to go on. */
  int longWord(int at, int low) {
    int end = at;
    while (end < to && CandidateFinder.isLetterOrJoint(text[end])) {
      end++;
    }
    int start = at;
    while (start < end) {
      int last = start;
      while (last < end && isTokenSign(text[last])) {
        last++;
      }
      boolean isWorth =
          last - start >= SpokenSecret.BYTES_MIN
              || (last == end && last < to)
              || (start == at && KeyLines.followsFrame(text, from, start));
      if (start >= seen && isWorth) {
        int token = token(start, last, low);
        if (token > start) {
          return token;
        }
      }
      start = Math.max(last, start + 1);
      while (start < end && !isTokenSign(text[start])) {
        start++;
      }
    }
    return end;
  }

  /** Where the letters begin that belong to the number at {@code at}: "AB 12 34 56 C". */
  int lettersBefore(int at, int end) {
    int p = at - 1;
    if (p - 1 < from || (text[p] != ' ' && text[p] != '-') || !Ascii.isLetter(text[p - 1])) {
      return at;
    }
    int start = Ascii.lettersStart(text, from, p, 4);
    int letters = p - start;
    boolean fits =
        text[p] == '-'
            ? letters <= 3
            : (letters == 2 && end - at == 2) || (letters == 1 && end - at == 7);
    return fits && startsClean(start) ? start : at;
  }

  /** A key, token or UUID in the run around a word; says where it ends, or -1. */
  private int token(int word, int wordEnd, int low) {
    int start = runStart(word, Math.max(low, seen));
    int end = wordEnd;
    while (end < to && isTokenSign(text[end])) {
      end++;
    }
    seen = end;
    int length = end - start;
    boolean isJoined =
        (start - 1 >= low && isJoint(text[start - 1])) || (end < to && isJoint(text[end]));
    if (length >= EncodedWords.BYTES_MIN || isJoined) {
      base64.note(start, low);
    }
    int found = length < TOKEN_BYTES_MIN ? -1 : longToken(word, start, end, low);
    // A line of base64 may begin with signs that are not of this run.
    int line = Math.min(start, base64.lastStart());
    if (found < 0 && KeyLines.followsFrame(text, from, line)) {
      found = privateKey(line, low);
    }
    if (found < 0 && length >= SpokenSecret.BYTES_MIN && SpokenSecret.isNamed(text, low, start)) {
      candidates.add(start);
    }
    return found;
  }

  private int longToken(int word, int start, int end, int low) {
    // A UUID's first hyphen tells it from most other runs.
    if (end - start >= UUID_BYTES && text[start + 8] == '-') {
      int uuid = Uuid.end(text, start, to);
      if (uuid > 0) {
        return uuid;
      }
    }
    int found = tokenAt(start, end);
    if (found < 0 && word > start) {
      found = tokenAt(word, end);
    }
    if (found < 0 && start - 2 >= low && text[start - 1] == '.') {
      found = tokenAt(runStart(start - 1, low), end);
    }
    boolean isKeyLine =
        end - start >= KeyLines.LINE_BYTES_MIN && KeyLines.beginsLine(text, from, start);
    return found < 0 && isKeyLine ? privateKey(start, low) : found;
  }

  private int tokenAt(int start, int runEnd) {
    int end = ProviderKeys.end(text, start, to);
    if (end > 0) {
      findings.add(start, end, Kinds.API_KEY);
      return end;
    }
    end = text[start] == 'e' ? Jwt.end(text, start, to) : -1;
    if (end > 0) {
      findings.add(start, end, Kinds.JWT);
      return end;
    }
    byte first = text[start];
    boolean isWallet =
        runEnd - start >= 26
            && runEnd - start <= 90
            && (first == '1'
                || first == '3'
                || first == '0'
                || (first | 0x20) == 'b'
                || (first | 0x20) == 't')
            && (Bitcoin.base58Address(text, start, runEnd)
                || Bitcoin.segwitAddress(text, start, runEnd)
                || Ethereum.address(text, start, runEnd));
    if (isWallet) {
      findings.add(start, runEnd, Kinds.CRYPTO);
      return runEnd;
    }
    return -1;
  }

  /** Where the run of letters, digits, {@code -} and {@code _} begins that ends at {@code end}. */
  private int runStart(int end, int low) {
    int start = end;
    while (start > low && end - start < BACK_MAX && isTokenSign(text[start - 1])) {
      start--;
    }
    return start;
  }

  /** A private key whose first line of base64 begins at {@code line}. */
  private int privateKey(int line, int low) {
    long key = KeyLines.around(text, low, line, to);
    if (key == Span.NONE) {
      return -1;
    }
    findings.add(Span.start(key), Span.end(key), Kinds.PRIVATE_KEY);
    return Span.end(key);
  }

  /** What one word of letters and digits is by itself; says where it ends, or -1. */
  private int word(int start, int end, int low) {
    int length = end - start;
    if (IbanShape.mayBegin(text, start, end) && startsClean(start)) {
      int iban = ibans.end(text, start, end, to);
      if (iban > 0) {
        findings.add(start, iban, Kinds.IBAN);
        return iban;
      }
    }
    if (end < to && length <= 4) {
      int address =
          text[end] == ':' || text[end] == '-' || text[end] == '.'
              ? MacAddress.end(text, start, to)
              : -1;
      if (address > 0 && start >= low) {
        findings.add(start, address, Kinds.MAC_ADDRESS);
        return address;
      }
      address = text[end] == ':' ? IpAddress.end(text, start, to) : -1;
      if (address > 0 && start >= low) {
        findings.add(start, address, Kinds.IP_ADDRESS);
        return address;
      }
    }
    return -1;
  }

  /** Notes a word that may be something once a check or a word speaks for it. */
  private void note(int start, int end, int low) {
    int length = end - start;
    if (length >= 2 && start >= low && mayBegin(start, length) && startsClean(start)) {
      candidates.add(start);
    }
  }

  private boolean mayBegin(int start, int length) {
    // After a blank a sentence may speak of it, whatever its first signs are.
    return (start > from && text[start - 1] == ' ')
        ? Templates.mayBegin(length)
        : Templates.mayBegin(length, text[start], text[start + 1]);
  }

  /** Whether nothing before a word makes it part of something longer. */
  private boolean startsClean(int at) {
    return at == from
        || !(Ascii.isWord(text[at - 1]) || JOINTS[text[at - 1] & 0xff])
        || MaskText.isEmphasized(text, from, at);
  }

  private static boolean isTokenSign(byte c) {
    return Ascii.isWord(c) || c == '-' || c == '_';
  }

  private static boolean isJoint(byte c) {
    return c == '+' || c == '/';
  }
}
