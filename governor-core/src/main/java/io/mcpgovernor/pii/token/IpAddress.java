package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * IP addresses: IPv4 as four decimal numbers up to 255 without leading zeros, IPv6 in the forms of
 * RFC 4291 with its zone (RFC 4007).
 *
 * <p>Not part of a longer number, name or version ({@code version 1.2.3.4}, {@code lib-1.2.3.4}).
 * Short forms with {@code ::} are addresses only if they begin like one in use, since times, slices
 * and the names of C++ look alike. The prefix length of a network ({@code /24}) and a port are not
 * part of the span.
 */
public final class IpAddress {
  private static final byte[][] VERSIONS = {
    "version".getBytes(US_ASCII),
    "versions".getBytes(US_ASCII),
    "ver".getBytes(US_ASCII),
    "release".getBytes(US_ASCII),
    "firmware".getBytes(US_ASCII),
    "build".getBytes(US_ASCII),
    "revision".getBytes(US_ASCII),
  };
  private static final int ZONE_MAX = 32;
  private static final int BEFORE_MAX = 24;

  private IpAddress() {}

  /** Where the address that begins at {@code from} ends, or -1. */
  public static int end(byte[] text, int from, int to) {
    if (to - from < 3) {
      return -1;
    }
    for (int i = 0; i < 5 && from + i < to; i++) {
      byte c = text[from + i];
      if (c == '.') {
        return version4(text, from, to);
      }
      if (c == ':') {
        return version6(text, from, to);
      }
      if (!Hex.isDigit(c)) {
        return -1;
      }
    }
    return -1;
  }

  private static int version4(byte[] text, int from, int to) {
    int end = quad(text, from, to);
    return end < 0 || partOfMore(text, from) || afterVersion(text, from) ? -1 : end;
  }

  /** Four numbers with dots between them, after which no name or number goes on. */
  private static int quad(byte[] text, int from, int to) {
    int at = from;
    for (int i = 0; i < 4; i++) {
      if (i > 0) {
        if (!Bytes.is(text, at, to, '.')) {
          return -1;
        }
        at++;
      }
      int start = at;
      int value = 0;
      while (at < to && at - start < 3 && Bytes.isDigit(text[at])) {
        value = value * 10 + text[at] - '0';
        at++;
      }
      if (at == start || value > 255 || (text[start] == '0' && at > start + 1)) {
        return -1;
      }
    }
    boolean goesOn =
        Bytes.wordAt(text, at, to)
            || (Bytes.is(text, at, to, '.') && Bytes.wordAt(text, at + 1, to));
    return goesOn ? -1 : at;
  }

  /** Whether what begins at {@code from} is the end of a longer number, name or version. */
  private static boolean partOfMore(byte[] text, int from) {
    if (from == 0) {
      return false;
    }
    byte before = text[from - 1];
    if (before == '.' || before == '-' || before == '+') {
      // Between addresses, a dash makes a range.
      return from > 1
          && (before == '-' ? Bytes.isLetter(text[from - 2]) : Bytes.isWord(text[from - 2]));
    }
    return Bytes.isWord(before);
  }

  /** Whether a word that announces a version stands before, with a sign or two between them. */
  private static boolean afterVersion(byte[] text, int from) {
    int low = Math.max(0, from - BEFORE_MAX);
    int end = from;
    while (end > low && from - end < 4 && isBetween(text[end - 1])) {
      end--;
    }
    if (end == from) {
      return false;
    }
    int start = end;
    while (start > low && Bytes.isLetter(text[start - 1])) {
      start--;
    }
    if (end - start == 1) {
      return text[start] == 'v' || text[start] == 'V';
    }
    for (byte[] version : VERSIONS) {
      // The end of the word is enough: assemblyVersion.
      if (end - start >= version.length
          && Bytes.equalsIgnoreCase(version, text, end - version.length, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBetween(byte c) {
    return c == ' ' || c == ':' || c == '=' || c == '"' || c == '\'' || c == '\\' || c == '.';
  }

  private static int version6(byte[] text, int from, int to) {
    if (from > 0 && (Bytes.isWord(text[from - 1]) || text[from - 1] == ':')) {
      return -1;
    }
    int groups = 0;
    int longest = 0;
    int shortest = 4;
    boolean digit = false;
    boolean compressed = false;
    int at = from;
    if (text[at] == ':') {
      if (text[at + 1] != ':') {
        return -1;
      }
      compressed = true;
      at += 2;
    }
    int end = at;
    while (true) {
      int start = at;
      while (at < to && at - start < 4 && Hex.isDigit(text[at])) {
        digit |= Bytes.isDigit(text[at]);
        at++;
      }
      if (at == start) {
        // Only behind the double colon may a group be missing.
        end = start;
        break;
      }
      if (Bytes.is(text, at, to, '.') && Bytes.isDigit(text[start]) && quad(text, start, to) >= 0) {
        end = quad(text, start, to);
        boolean whole = compressed ? groups <= 5 : groups == 6;
        return whole ? zoneEnd(text, end, to) : -1;
      }
      groups++;
      longest = Math.max(longest, at - start);
      shortest = Math.min(shortest, at - start);
      end = at;
      if (groups > 8 || Bytes.wordAt(text, at, to)) {
        return -1;
      }
      if (!Bytes.is(text, at, to, ':') || groups == 8) {
        break;
      }
      if (Bytes.is(text, at + 1, to, ':')) {
        if (compressed) {
          return -1;
        }
        compressed = true;
        at += 2;
      } else if (at + 1 < to && Hex.isDigit(text[at + 1])) {
        at++;
      } else {
        break;
      }
    }
    boolean whole = compressed ? groups <= 7 : groups == 8;
    boolean goesOn =
        Bytes.wordAt(text, end, to)
            || (Bytes.is(text, end, to, ':')
                && end + 1 < to
                && (Hex.isDigit(text[end + 1]) || text[end + 1] == ':'));
    // Pairs throughout are a dump of bytes or a hardware address.
    boolean pairs = !compressed && longest == 2 && shortest == 2;
    if (!whole || goesOn || pairs || !digit) {
      return -1;
    }
    return groups > 3 || inUse(text, from, end, groups) ? zoneEnd(text, end, to) : -1;
  }

  /** Whether a short form begins like the addresses that are in use, or is the loopback. */
  private static boolean inUse(byte[] text, int from, int end, int groups) {
    if (text[from] == ':') {
      return groups > 1 || (end - from == 3 && text[from + 2] == '1') || end - from > 4;
    }
    byte first = text[from];
    byte second = (byte) (text[from + 1] | 0x20);
    if (Bytes.is(text, from + 2, end, ':')) {
      return first == '6' && second == ('4' | 0x20);
    }
    boolean global = first == '2' || first == '3';
    boolean local = (first | 0x20) == 'f' && (second >= 'c' && second <= 'f');
    return (global || local) && Hex.isDigit(text[from + 2]) && Bytes.is(text, from + 4, end, ':');
  }

  private static int zoneEnd(byte[] text, int end, int to) {
    if (!Bytes.is(text, end, to, '%')) {
      return end;
    }
    int bound = (int) Math.min(to, end + 1L + ZONE_MAX);
    int zone = Alphabet.BASE62.end(text, end + 1, bound);
    return zone > end + 1 ? zone : end;
  }
}
