package io.mcpgovernor.pii;

import io.mcpgovernor.pii.check.Bitcoin;
import io.mcpgovernor.pii.check.Ethereum;
import io.mcpgovernor.pii.check.Iban;
import io.mcpgovernor.pii.token.IpAddress;
import io.mcpgovernor.pii.token.Jwt;
import io.mcpgovernor.pii.token.MacAddress;
import io.mcpgovernor.pii.token.PrivateKeys;
import io.mcpgovernor.pii.token.ProviderKeys;
import io.mcpgovernor.pii.token.Uuid;
import java.util.Arrays;

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

  /** The last group of a phone number that has an extension. */
  private static final int EXTENDED_DIGITS_MIN = 4;

  /** Shorter words are not looked at as secrets where only a sentence says so. */
  static final int SECRET_BYTES_MIN = 8;

  /** Lines of a private key are as long as that, and few other words. */
  private static final int KEY_LINE_BYTES_MIN = 32;

  /** How far before its first line a private key may begin, with the lines of old formats. */
  private static final int KEY_HEAD_BYTES_MAX = 200;

  private static final int COMPACT_MAX = 48;

  private final byte[] compact = new byte[COMPACT_MAX];
  private byte[] text = NOTHING;
  private int from;
  private int to;
  private Findings findings = new Findings();
  private Candidates candidates = new Candidates();

  /** Where the last run ends that was looked at from its start. */
  private int seen;

  /** The same for runs of base64. */
  private int decoded;

  private int base64Start;

  private final Candidates encoded = new Candidates();

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
    decoded = begin;
    base64Start = end;
    encoded.clear();
  }

  /** Where words begin and end, in turn, that may be text in base64. */
  Candidates encoded() {
    return encoded;
  }

  void wipe() {
    text = NOTHING;
    Arrays.fill(compact, (byte) 0);
  }

  /** Where the last finding ends, at least {@code low}. */
  int low(int low) {
    return findings.size() == 0 ? low : Math.max(low, findings.end(findings.size() - 1));
  }

  /**
   * Looks at the word around digits.
   *
   * @param end where the digits at {@code at} end
   * @return where to go on, or {@code at} if the digits are to be taken as a number
   */
  int around(int at, int end, int low) {
    int start = at;
    while (start > low && at - start < BACK_MAX && Ascii.isLetter(text[start - 1])) {
      start--;
    }
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
            : last == end
                || (end - at >= EXTENDED_DIGITS_MIN
                    && PhoneShape.extensionEnd(text, end, to) > end);
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
          last - start >= SECRET_BYTES_MIN
              || (last == end && last < to)
              || (start == at && followsFrame(start));
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
    int start = p;
    while (start > from && p - start <= 3 && Ascii.isLetter(text[start - 1])) {
      start--;
    }
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
      base64(start, low);
    }
    int found = length < TOKEN_BYTES_MIN ? -1 : longToken(word, start, end, low);
    if (found < 0 && followsFrame(Math.min(start, base64Start))) {
      found = privateKey(Math.min(start, base64Start), low);
    }
    if (found < 0 && length >= SECRET_BYTES_MIN && mayBeSecret(start, low)) {
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
    boolean isKeyLine = end - start >= KEY_LINE_BYTES_MIN && followsBreak(start);
    return found < 0 && isKeyLine ? privateKey(start, low) : found;
  }

  /** Whether "password is" or the like stands right before. */
  private boolean mayBeSecret(int at, int low) {
    int space = at - 1;
    if (space - 2 < low || text[space] != ' ') {
      return false;
    }
    long cue = Vocabulary.cue(text, Words.start(text, Math.max(low, space - 12), space), space);
    return Cue.hint(cue) == Hint.NEUTRAL || Cue.isFor(cue, Labels.WHOLE);
  }

  /** Notes a word of base64 around {@code at}, if it may be text. */
  private void base64(int at, int low) {
    if (at < decoded) {
      return;
    }
    int start = at;
    int limit = Math.max(Math.max(low, decoded), at - BACK_MAX);
    while (start > limit && EncodedWords.isSign(text[start - 1])) {
      start--;
    }
    base64Start = start;
    if (text[start] == '/' || text[start] == '+') {
      return; // a path: no text in UTF-8 begins with what these stand for
    }
    int end = at;
    while (end < to && EncodedWords.isSign(text[end])) {
      end++;
    }
    decoded = end;
    if (EncodedWords.mayBeText(text, start, end)) {
      int padding = end;
      while (padding < to && padding - end < 2 && text[padding] == '=') {
        padding++;
      }
      encoded.add(start);
      encoded.add(padding);
    }
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

  /** Whether a line begins at {@code at}. */
  private boolean followsBreak(int at) {
    return at > from
        && (text[at - 1] == '\n'
            || (at - 2 >= from && text[at - 2] == '\\')
            || text[at - 1] == ' '
            || text[at - 1] == 'n');
  }

  /** Whether a line of dashes ends right before, as the frame of a private key does. */
  private boolean followsFrame(int at) {
    int p = at;
    while (p > from && at - p < 6 && (text[p - 1] <= ' ' || "\\nr".indexOf(text[p - 1]) >= 0)) {
      p--;
    }
    return p < at && p - 5 > from && text[p - 1] == '-' && text[p - 5] == '-';
  }

  /** A private key whose first line of base64 begins at {@code line}. */
  private int privateKey(int line, int low) {
    int limit = Math.max(low, line - KEY_HEAD_BYTES_MAX);
    for (int p = line - 11; p >= limit; p--) {
      if (text[p] == '-' && text[p + 5] == 'B' && text[p + 4] == '-') {
        int end = PrivateKeys.end(text, p, to);
        if (end > line) {
          findings.add(p, end, Kinds.PRIVATE_KEY);
          return end;
        }
      }
    }
    return -1;
  }

  /** What one word of letters and digits is by itself; says where it ends, or -1. */
  private int word(int start, int end, int low) {
    int length = end - start;
    if (length >= 4 && Ascii.isLetter(text[start]) && Ascii.isLetter(text[start + 1])) {
      int iban = iban(start, end);
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

  /** Where the bank account number at {@code start} ends, or -1. */
  private int iban(int start, int end) {
    if (!Ascii.isDigit(text[start + 2]) || !Ascii.isDigit(text[start + 3]) || !startsClean(start)) {
      return -1;
    }
    int length = Iban.ibanLength(Ascii.upper(text[start]), Ascii.upper(text[start + 1]));
    if (length == 0 || (end - start != length && end - start != 4)) {
      return -1;
    }
    int count = 0;
    int p = start;
    byte separator = end < to ? text[end] : 0;
    while (count < length && p < to) {
      if (Ascii.isWord(text[p])) {
        compact[count++] = Ascii.upper(text[p++]);
      } else if (count % 4 == 0 && text[p] == separator && (separator == ' ' || separator == '-')) {
        p++;
      } else {
        return -1;
      }
    }
    return count == length && Boundary.endsWord(text, p, to) && Iban.number(compact, 0, count)
        ? p
        : -1;
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
