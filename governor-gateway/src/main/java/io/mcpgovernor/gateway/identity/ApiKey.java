package io.mcpgovernor.gateway.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The text of a key: {@code mgk_}, 256 random bits and a checksum of all that, in letters and
 * digits. By the checksum a key with a slip in it is told from one that was revoked, and scanners
 * for secrets tell a key from what only looks like one.
 */
final class ApiKey {
  static final String PREFIX = "mgk_";

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger RADIX = BigInteger.valueOf(DIGITS.length());
  private static final int RANDOM_BYTES = 32;
  private static final int RANDOM_CHARS = 43; // 62^43 > 2^256
  private static final int CHECK_CHARS = 6; // 62^6 > 2^32
  private static final int LENGTH = PREFIX.length() + RANDOM_CHARS + CHECK_CHARS;

  private ApiKey() {}

  /** A new one, which nobody can guess. */
  static String random(SecureRandom random) {
    byte[] bits = new byte[RANDOM_BYTES];
    random.nextBytes(bits);
    String text = PREFIX + digits(new BigInteger(1, bits), RANDOM_CHARS);
    return text + check(text);
  }

  /** Whether it can be one. */
  static boolean isWellFormed(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < LENGTH; i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    int end = LENGTH - CHECK_CHARS;
    return text.substring(end).equals(check(text.substring(0, end)));
  }

  private static String check(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.US_ASCII));
    return digits(BigInteger.valueOf(sum.getValue()), CHECK_CHARS);
  }

  private static String digits(BigInteger number, int length) {
    char[] text = new char[length];
    BigInteger rest = number;
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(RADIX);
      text[i] = DIGITS.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(text);
  }
}
