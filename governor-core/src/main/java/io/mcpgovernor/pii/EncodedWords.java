package io.mcpgovernor.pii;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Words that are text in base64 (RFC 4648, both alphabets). Whether one is shows in its first
 * bytes: of random ones, one in ten thousand decodes to so many printable signs.
 */
final class EncodedWords {
  /** Shorter words hold no PII, or too little to be told from other words. */
  static final int BYTES_MIN = 14;

  /** How many characters are decoded to see whether it is text. */
  private static final int PROBE = 12;

  private static final byte[] VALUES = values();

  private EncodedWords() {}

  static boolean isSign(byte c) {
    return c >= 0 && VALUES[c] >= 0;
  }

  /** Whether the word from {@code from} to {@code to}, its padding aside, may be text. */
  static boolean mayBeText(byte[] text, int from, int to) {
    int length = to - from;
    if (length < BYTES_MIN || length % 4 == 1) {
      return false;
    }
    int pending = 0;
    for (int i = from; i < from + PROBE; i += 4) {
      int bits =
          VALUES[text[i]] << 18
              | VALUES[text[i + 1]] << 12
              | VALUES[text[i + 2]] << 6
              | VALUES[text[i + 3]];
      for (int shift = 16; shift >= 0; shift -= 8) {
        pending = pending(bits >> shift & 0xff, pending);
        if (pending < 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** How many bytes of a character are to follow, or -1 if the byte is not of a text in UTF-8. */
  private static int pending(int c, int before) {
    if (before > 0) {
      return c >= 0x80 && c < 0xc0 ? before - 1 : -1;
    }
    if ((c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t') {
      return 0;
    }
    return c < 0xc2 || c > 0xf4 ? -1 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
  }

  /** The text, or null if the word is no base64 after all. */
  static byte @Nullable [] decode(byte[] text, int from, int to) {
    byte[] word = new byte[to - from];
    for (int i = from; i < to; i++) {
      byte c = text[i];
      word[i - from] = c == '-' ? (byte) '+' : c == '_' ? (byte) '/' : c;
    }
    try {
      return Base64.getDecoder().decode(word);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Text in the alphabet of the word it replaces, padded if that was. */
  static byte[] encode(byte[] decoded, byte[] text, int from, int to) {
    boolean isUrl = false;
    for (int i = from; i < to; i++) {
      isUrl |= text[i] == '-' || text[i] == '_';
    }
    Base64.Encoder encoder = isUrl ? Base64.getUrlEncoder() : Base64.getEncoder();
    boolean isPadded = text[to - 1] == '=' || (to - from) % 4 == 0;
    return (isPadded ? encoder : encoder.withoutPadding()).encode(decoded);
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    values['-'] = 62;
    values['_'] = 63;
    return values;
  }
}
