package io.mcpgovernor.pii.token;

import java.util.Arrays;

/**
 * JSON Web Tokens in compact form (RFC 7515, 7516): three or five parts of base64url between dots,
 * the first of which is a JSON object.
 *
 * <p>The signature may be empty (unsigned), and so may the payload (detached). A token that was cut
 * after its claims is found too, as the claims are what it says about somebody.
 */
public final class Jwt {
  // A header may carry a chain of certificates.
  private static final int HEADER_MAX = 8192;
  // Within a longer run of base64url, where a search may begin anew at every dash.
  private static final int HEADER_WITHIN_MAX = 256;
  // {"x5t#S256": is the longest registered first name; 24 characters are 18 bytes.
  private static final int NAME_SIXTETS = 24;

  private static final byte[] SIXTETS = new byte[256];

  static {
    Arrays.fill(SIXTETS, (byte) -1);
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < digits.length(); i++) {
      SIXTETS[digits.charAt(i)] = (byte) i;
    }
  }

  private Jwt() {}

  /** Where the token that begins at {@code from} ends, or -1. */
  public static int end(byte[] text, int from, int to) {
    if (!isObject(text, from, to)) {
      return -1;
    }
    boolean within = from > 0 && Alphabet.BASE64_URL.contains(text[from - 1]);
    int headerMax = within ? HEADER_WITHIN_MAX : HEADER_MAX;
    int header = run(text, from, (int) Math.min(to, (long) from + headerMax));
    if (!Bytes.is(text, header, to, '.')) {
      return -1;
    }
    int second = run(text, header + 1, to);
    if (!Bytes.is(text, second, to, '.')) {
      return isObject(text, header + 1, second) ? second : -1;
    }
    int third = run(text, second + 1, to);
    // "eyJ...". and what may follow are no token without anything in them.
    if (second == header + 1 && third < second + 17) {
      return -1;
    }
    int fourth = Bytes.is(text, third, to, '.') ? run(text, third + 1, to) : third;
    if (fourth > third + 1 && Bytes.is(text, fourth, to, '.')) {
      int fifth = run(text, fourth + 1, to);
      return fifth > fourth + 1 ? fifth : third;
    }
    // A dot that ends an unsigned token belongs to it.
    return third;
  }

  private static int run(byte[] text, int from, int to) {
    return Alphabet.BASE64_URL.end(text, from, to);
  }

  /**
   * Whether base64url begins there that decodes to <code>{"name":</code>, which is looked for in a
   * few bytes; much base64 begins like an object and is none.
   */
  private static boolean isObject(byte[] text, int from, int to) {
    // {" and nothing else is eyJ and one of a few.
    if (to - from < 8 || text[from] != 'e' || text[from + 1] != 'y' || text[from + 2] != 'J') {
      return false;
    }
    int bits = 0;
    int held = 0;
    int decoded = 0;
    boolean closed = false;
    for (int at = from; at < to && at < from + NAME_SIXTETS; at++) {
      int sixtet = SIXTETS[text[at] & 0xff];
      if (sixtet < 0) {
        return false;
      }
      bits = bits << 6 | sixtet;
      held += 6;
      if (held < 8) {
        continue;
      }
      held -= 8;
      byte c = (byte) (bits >>> held);
      decoded++;
      if (decoded <= 2) {
        continue;
      }
      if (closed) {
        return c == ':' || c == ' ';
      }
      closed = c == '"';
      if (!closed && !Bytes.isWord(c) && c != '#' && c != '-' && c != '.') {
        return false;
      }
    }
    return false;
  }
}
