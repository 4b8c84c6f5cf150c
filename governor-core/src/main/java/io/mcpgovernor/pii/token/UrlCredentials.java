package io.mcpgovernor.pii.token;

/**
 * User and password, or a token alone, in front of the host of a URL (RFC 3986, 3.2.1): {@code
 * postgres://user:password@host}, {@code redis://:password@host}, {@code https://token@host}.
 *
 * <p>A name alone is no credential ({@code ssh://git@host}); a token alone has 16 characters or
 * more and a digit and a letter among them. A password that is only stars was masked before.
 * Slashes may be escaped as JSON allows.
 */
public final class UrlCredentials {
  private static final int LEFT_MAX = 256;
  private static final int SCHEME_MAX = 32;
  private static final int TOKEN_MIN = 16;

  private static final boolean[] USERINFO = new boolean[256];

  static {
    // Unreserved, sub-delims, the percent of escapes, and the colon.
    String signs = "-._~!$&'()*+,;=%:";
    for (int c = 0; c < 128; c++) {
      USERINFO[c] = Bytes.isLetterOrDigit((byte) c) || signs.indexOf(c) >= 0;
    }
  }

  private UrlCredentials() {}

  /**
   * The credentials that end before the {@code @} at {@code at}, as {@code start << 32 | end}, or
   * -1 if there are none. Looks at no more than 256 bytes to the left, none of them before {@code
   * low}.
   */
  public static long find(byte[] text, int at, int low, int to) {
    if (!hostBegins(text, at + 1, to)) {
      return -1;
    }
    int bound = Math.max(low, at - LEFT_MAX);
    int start = at;
    int colon = -1;
    while (start > bound && USERINFO[text[start - 1] & 0xff]) {
      start--;
      if (text[start] == ':') {
        colon = start;
      }
    }
    if (start == at || !schemeEnds(text, start, bound)) {
      return -1;
    }
    boolean secret =
        (colon >= 0 && colon + 1 < at) ? !stars(text, colon + 1, at) : isToken(text, start, at);
    return secret ? ((long) start << 32) | at : -1;
  }

  private static boolean hostBegins(byte[] text, int at, int to) {
    return at < to
        && (Bytes.isWord(text[at]) || text[at] == '[' || text[at] < 0 || braces(text[at]));
  }

  /** A placeholder for a host, as in templates, has a password before it all the same. */
  private static boolean braces(byte c) {
    return c == '{' || c == '<' || c == '$' || c == '%';
  }

  /** Whether {@code scheme://} stands before {@code end}. */
  private static boolean schemeEnds(byte[] text, int end, int low) {
    int at = slash(text, slash(text, end, low), low);
    if (at <= low || text[at - 1] != ':') {
      return false;
    }
    int last = at - 1;
    int bound = Math.max(low, last - SCHEME_MAX);
    int first = last;
    while (first > bound && isScheme(text[first - 1])) {
      first--;
    }
    while (first < last && !Bytes.isLetter(text[first])) {
      first++;
    }
    return first < last;
  }

  /** Where the slash before {@code end} begins, its backslash included; -1 if there is none. */
  private static int slash(byte[] text, int end, int low) {
    if (end <= low || text[end - 1] != '/') {
      return -1;
    }
    return end - 2 >= low && text[end - 2] == '\\' ? end - 2 : end - 1;
  }

  private static boolean isScheme(byte c) {
    return Bytes.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
  }

  private static boolean isToken(byte[] text, int from, int to) {
    return to - from >= TOKEN_MIN && KeyCheck.VARIED.passes(text, from, to);
  }

  private static boolean stars(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != '*') {
        return false;
      }
    }
    return true;
  }
}
