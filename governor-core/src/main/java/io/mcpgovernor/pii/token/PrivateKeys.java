package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Private keys in PEM (RFC 7468) and OpenPGP armour: from {@code -----BEGIN ... PRIVATE KEY-----}
 * to the line that ends it, or, where that is missing, to the end of the base64, so that a key that
 * was cut is found too.
 *
 * <p>Lines may end with LF, CRLF, spaces, or escapes as in JSON strings, escaped once or more. A
 * frame around anything but base64 (dots, stars, a placeholder) is no key.
 */
public final class PrivateKeys {
  private static final byte[] BEGIN = "-----BEGIN ".getBytes(US_ASCII);
  private static final byte[] END = "-----END ".getBytes(US_ASCII);
  private static final byte[] DASHES = "-----".getBytes(US_ASCII);
  private static final byte[] PRIVATE_KEY = "PRIVATE KEY".getBytes(US_ASCII);
  private static final byte[] BLOCK = " BLOCK".getBytes(US_ASCII);

  private static final int LABEL_MAX = 64;
  private static final int HEADERS_MAX = 16;
  private static final int HEADER_MAX = 256;
  private static final int ESCAPES_MAX = 8;

  // Lines are longer, words of prose that follow a key that was cut are shorter.
  private static final int LINE_MIN = 16;

  private PrivateKeys() {}

  /** Where the private key whose {@code -----BEGIN} stands at {@code from} ends, or -1. */
  public static int end(byte[] text, int from, int to) {
    if (!Bytes.stands(BEGIN, text, from, to)) {
      return -1;
    }
    int label = from + BEGIN.length;
    int labelEnd = label(text, label, to);
    if (!isPrivateKey(text, label, labelEnd) || !Bytes.stands(DASHES, text, labelEnd, to)) {
      return -1;
    }
    return bodyEnd(text, headersEnd(text, labelEnd + DASHES.length, to), to);
  }

  /** Where the lines of base64 end, the line {@code -----END} included; -1 if there are none. */
  private static int bodyEnd(byte[] text, int from, int to) {
    int found = -1;
    int at = from;
    while (true) {
      int line = breaksEnd(text, at, to);
      if (Bytes.stands(END, text, line, to)) {
        int labelEnd = label(text, line + END.length, to);
        int closed = Bytes.stands(DASHES, text, labelEnd, to) ? labelEnd + DASHES.length : labelEnd;
        return found < 0 ? -1 : closed;
      }
      int lineEnd = base64End(text, line, to);
      if (lineEnd == line) {
        return found;
      }
      if (lineEnd - line < LINE_MIN && !endsKey(text, line, lineEnd, to)) {
        return found;
      }
      found = lineEnd;
      at = lineEnd;
    }
  }

  /** Whether a short line can be the last of a key, or the checksum of an OpenPGP one. */
  private static boolean endsKey(byte[] text, int line, int lineEnd, int to) {
    if (lineEnd == to || text[line] == '=' || text[lineEnd - 1] == '=') {
      return true;
    }
    int next = breaksEnd(text, lineEnd, to);
    return Bytes.stands(DASHES, text, next, to)
        || Bytes.is(text, next, to, '=')
        || (next == lineEnd && (text[next] == '"' || text[next] == '\'' || text[next] == '`'));
  }

  /** Where base64 ends; a solidus in it may be escaped as JSON allows. */
  private static int base64End(byte[] text, int from, int to) {
    int end = from;
    while (true) {
      end = Alphabet.BASE64.end(text, end, to);
      if (!Bytes.is(text, end, to, '\\') || !Bytes.is(text, end + 1, to, '/')) {
        return end;
      }
      end += 2;
    }
  }

  /** Behind white space, as it is or escaped. */
  private static int breaksEnd(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      byte c = text[at];
      if (c == '\n' || c == '\r' || c == ' ' || c == '\t') {
        at++;
      } else {
        int escape = escapeEnd(text, at, to);
        if (escape == at) {
          return at;
        }
        at = escape;
      }
    }
    return at;
  }

  /** Behind a backslash or several and the n, r or t they escape; {@code at} if none is there. */
  private static int escapeEnd(byte[] text, int at, int to) {
    int end = at;
    while (Bytes.is(text, end, to, '\\') && end - at < ESCAPES_MAX) {
      end++;
    }
    boolean escape =
        end > at && end < to && (text[end] == 'n' || text[end] == 'r' || text[end] == 't');
    return escape ? end + 1 : at;
  }

  /** Behind the lines {@code Name: value} with which older keys and OpenPGP's begin. */
  private static int headersEnd(byte[] text, int from, int to) {
    int at = from;
    for (int i = 0; i < HEADERS_MAX; i++) {
      int line = breaksEnd(text, at, to);
      int colon = line;
      while (colon < to
          && colon - line < 32
          && (Bytes.isLetter(text[colon]) || text[colon] == '-')) {
        colon++;
      }
      if (colon == line || !Bytes.is(text, colon, to, ':') || !Bytes.is(text, colon + 1, to, ' ')) {
        return at;
      }
      int bound = (int) Math.min(to, (long) colon + HEADER_MAX);
      int end = colon;
      while (end < bound && text[end] >= ' ' && escapeEnd(text, end, to) == end) {
        end++;
      }
      at = end;
    }
    return at;
  }

  private static int label(byte[] text, int from, int to) {
    int bound = (int) Math.min(to, (long) from + LABEL_MAX);
    int end = from;
    while (end < bound
        && (Bytes.isUpper(text[end]) || Bytes.isDigit(text[end]) || text[end] == ' ')) {
      end++;
    }
    return end;
  }

  private static boolean isPrivateKey(byte[] text, int from, int to) {
    boolean block = to - from > BLOCK.length && Bytes.stands(BLOCK, text, to - BLOCK.length, to);
    int start = to - (block ? BLOCK.length : 0) - PRIVATE_KEY.length;
    return start >= from && Bytes.stands(PRIVATE_KEY, text, start, to);
  }
}
