package io.mcpgovernor.verify;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Lower-case hex digits, in place. */
final class Hex {
  private static final byte[] VALUES = new byte[256];

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < 16; i++) {
      VALUES["0123456789abcdef".charAt(i)] = (byte) i;
    }
  }

  private Hex() {}

  /** Reads the digits of one hash; false if one of them is none, or is upper-case. */
  static boolean readHash(byte[] digits, int from, byte[] hash, int at) {
    int all = 0;
    for (int i = 0; i < Sha256.BYTES; i++) {
      int high = VALUES[digits[from + 2 * i] & 0xff];
      int low = VALUES[digits[from + 2 * i + 1] & 0xff];
      all |= high | low;
      hash[at + i] = (byte) (high << 4 | low);
    }
    return all >= 0;
  }

  /** A hash from its digits; null if it is none. */
  static byte @Nullable [] hash(String digits) {
    byte[] hash = new byte[Sha256.BYTES];
    byte[] ascii = digits.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return ascii.length == 2 * Sha256.BYTES && readHash(ascii, 0, hash, 0) ? hash : null;
  }

  static String text(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
