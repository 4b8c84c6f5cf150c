package io.mcpgovernor.pii;

import io.mcpgovernor.pii.token.Jwt;
import io.mcpgovernor.pii.token.ProviderKeys;
import io.mcpgovernor.pii.token.SecretValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Values that only their name tells, such as passwords and, if somebody chose them, names and
 * addresses of people: what stands under such a field, or behind {@code password:} or {@code
 * password=} in a text.
 */
final class Labels {
  /** The kinds that are told by a name alone. */
  static final long WHOLE = whole();

  /** What may stand between a name and its colon. */
  private static final boolean[] AROUND_NAME = Ascii.set(" \"'*`]\\");

  private static final byte[][] SCHEMES = {
    "bearer".getBytes(StandardCharsets.US_ASCII),
    "basic".getBytes(StandardCharsets.US_ASCII),
    "token".getBytes(StandardCharsets.US_ASCII),
    "apikey".getBytes(StandardCharsets.US_ASCII)
  };

  private static final int NAME_BYTES_MAX = 40;

  private static final int VALUE_BYTES_MAX = 256;

  private Labels() {}

  private static long whole() {
    long kinds = 0;
    for (Kind kind : Kinds.all()) {
      if (Kinds.row(kind).isWhole) {
        kinds |= Cue.bit(kind);
      }
    }
    return kinds;
  }

  /** Where the name ends that stands before a colon or equals sign, its quotes and stars aside. */
  static int nameEnd(byte[] text, int low, int sign) {
    int end = sign;
    while (end > low && sign - end < 4 && AROUND_NAME[text[end - 1] & 0xff]) {
      if (text[end - 1] == ']' && MaskText.isTagBefore(text, low, end)) {
        return low; // what was masked names nothing
      }
      end--;
    }
    return end > low && Ascii.isLetter(text[end - 1]) ? end : low;
  }

  /** What the name that ends at {@code end} says, a {@link Cue}. */
  static long cue(byte[] text, int low, int end) {
    int from = Math.max(low, end - NAME_BYTES_MAX);
    int start = Words.start(text, from, end);
    return start == from && from > low ? Cue.NONE : Evidence.word(text, from, start, end);
  }

  /** The value behind a name, without its quotes, or {@link Span#NONE} if it is none. */
  static long value(byte[] text, int at, int to, long cue) {
    int start = at;
    while (start < to && start - at < 4 && (text[start] == ' ' || text[start] == '\t')) {
      start++;
    }
    int quoted = start;
    while (quoted < to && text[quoted] == '\\') {
      quoted++;
    }
    byte quote = quoted < to ? text[quoted] : 0;
    boolean isQuoted = quote == '"' || quote == '\'' || quote == '`';
    if (isQuoted) {
      start = quoted + 1;
    }
    int limit = Math.min(to, start + VALUE_BYTES_MAX);
    boolean isLine = Cue.isFor(cue, Cue.bit(Kinds.PERSON) | Cue.bit(Kinds.STREET_ADDRESS));
    int end = start;
    while (end < limit && !ends(text[end], isQuoted, quote, isLine)) {
      end++;
    }
    if (!isQuoted && !isLine && isScheme(text, start, end) && Ascii.is(text, end, to, ' ')) {
      start = end + 1;
      end = start;
      while (end < limit && !ends(text[end], false, quote, false)) {
        end++;
      }
    }
    if (isQuoted && end < limit && end > start && text[end] == quote && text[end - 1] == '\\') {
      end--;
    }
    while (end > start && ".,;".indexOf(text[end - 1]) >= 0 && !isQuoted) {
      end--;
    }
    boolean fits = end > start && kind(text, start, end, cue) != null;
    return fits && (isQuoted || isLine || !isSentence(text, start, end, to))
        ? Span.of(start, end)
        : Span.NONE;
  }

  /** How credentials are sent (RFC 9110, 11): the name of the scheme is not the secret. */
  private static boolean isScheme(byte[] text, int from, int to) {
    for (byte[] scheme : SCHEMES) {
      boolean is = to - from == scheme.length;
      for (int i = 0; is && i < scheme.length; i++) {
        is = (text[from + i] | 0x20) == scheme[i];
      }
      if (is) {
        return true;
      }
    }
    return false;
  }

  private static boolean ends(byte c, boolean isQuoted, byte quote, boolean isLine) {
    if (c == '\n' || c == '\r') {
      return true;
    }
    if (isQuoted) {
      return c == quote;
    }
    return isLine
        ? c == ';' || c == '|' || c == '\t' || c == '"' || c == '<' || c == '{'
        : c == ' ' || c == '\t' || c == '"' || c == '\'' || c == ',' || c == ';' || c == '&'
            || c == '<';
  }

  /** Whether a plain word is followed by another: "the password: please change it". */
  private static boolean isSentence(byte[] text, int start, int end, int to) {
    for (int i = start; i < end; i++) {
      if (!Ascii.isLetter(text[i])) {
        return false;
      }
    }
    int p = end;
    while (p < to && text[p] == ' ') {
      p++;
    }
    int word = p;
    while (p < to && Ascii.isLetter(text[p])) {
      p++;
    }
    return word > end && p > word && (p == to || (text[p] != '=' && text[p] != ':'));
  }

  /** The kind that a name says its value is. */
  static Kind kind(byte[] text, long value, long cue) {
    Kind kind = kind(text, Span.start(value), Span.end(value), cue);
    return kind == null ? Kinds.SECRET : kind;
  }

  /** The kind that a name says a whole value is, or null if the value does not look like it. */
  static @Nullable Kind kind(byte[] text, int from, int to, long cue) {
    if (from == to || Cue.hint(cue) != Hint.SAID || MaskText.isMask(text, from, to)) {
      return null;
    }
    if (isHash(text, from, to)) {
      return null;
    }
    long kinds = Cue.kinds(cue) & WHOLE;
    for (; kinds != 0; kinds &= kinds - 1) {
      Kind kind = Kinds.at(Long.numberOfTrailingZeros(kinds));
      if (kind == Kinds.SECRET && ProviderKeys.end(text, from, to) == to) {
        return Kinds.API_KEY;
      }
      if (kind == Kinds.SECRET && Jwt.end(text, from, to) == to) {
        return Kinds.JWT;
      }
      boolean fits =
          kind == Kinds.SECRET ? SecretValue.isSecret(text, from, to) : fits(kind, text, from, to);
      if (fits) {
        return kind;
      }
    }
    return null;
  }

  /**
   * Whether a value is what {@link MaskMode#HASH} wrote, {@code [secret:abcdefghijklmnop]}, or what
   * follows the colon in there: the kind can be read as a label.
   */
  private static boolean isHash(byte[] text, int from, int to) {
    int letters = from;
    if (text[from] == '[') {
      letters = to - ValueHash.LETTERS - 1;
    }
    if (letters < 1 || letters + ValueHash.LETTERS >= to || text[letters - 1] != ':') {
      return false;
    }
    for (int i = letters; i < letters + ValueHash.LETTERS; i++) {
      if (text[i] < 'a' || text[i] > 'p') {
        return false;
      }
    }
    int name = letters - 1;
    while (name > 0 && (Ascii.isLetter(text[name - 1]) || text[name - 1] == '_')) {
      name--;
    }
    return text[letters + ValueHash.LETTERS] == ']' && name > 0 && text[name - 1] == '[';
  }

  private static boolean fits(Kind kind, byte[] text, int from, int to) {
    KindRow row = Kinds.row(kind);
    if (row.templates.isEmpty()) {
      return holdsLetter(text, from, to);
    }
    for (int i = 0; i < row.templates.size(); i++) {
      if (row.templates.get(i).end(text, from, to) == to) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsLetter(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] < 0 || Ascii.isLetter(text[i])) {
        return true;
      }
    }
    return false;
  }
}
