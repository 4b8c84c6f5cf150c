package io.mcpgovernor.pii.token;

/**
 * The checksum at the end of GitHub's and npm's tokens: the CRC-32 of the characters between prefix
 * and checksum, as six base-62 digits (0-9, A-Z, a-z), zeros in front.
 */
final class KeyChecksum {
  static final int LENGTH = 6;

  private static final int[] REMAINDERS = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int remainder = i;
      for (int bit = 0; bit < 8; bit++) {
        // The polynomial of IEEE 802.3, least significant bit first.
        remainder = (remainder & 1) != 0 ? remainder >>> 1 ^ 0xEDB88320 : remainder >>> 1;
      }
      REMAINDERS[i] = remainder;
    }
  }

  private KeyChecksum() {}

  /** Whether the last six of the characters are the checksum of those before them. */
  static boolean matches(byte[] text, int from, int to) {
    if (to - from <= LENGTH) {
      return false;
    }
    long crc = crc(text, from, to - LENGTH);
    for (int i = to - 1; i >= to - LENGTH; i--) {
      if (text[i] != digit((int) (crc % 62))) {
        return false;
      }
      crc /= 62;
    }
    return crc == 0;
  }

  /** Writes the checksum of {@code [from, to)} into the six bytes from {@code to} on. */
  static void write(byte[] text, int from, int to) {
    long crc = crc(text, from, to);
    for (int i = to + LENGTH - 1; i >= to; i--) {
      text[i] = digit((int) (crc % 62));
      crc /= 62;
    }
  }

  // Not java.util.zip.CRC32: that is an object a call.
  private static long crc(byte[] text, int from, int to) {
    int crc = -1;
    for (int i = from; i < to; i++) {
      crc = crc >>> 8 ^ REMAINDERS[(crc ^ text[i]) & 0xff];
    }
    return ~crc & 0xFFFFFFFFL;
  }

  private static byte digit(int value) {
    if (value < 10) {
      return (byte) ('0' + value);
    }
    return (byte) (value < 36 ? 'A' + value - 10 : 'a' + value - 36);
  }
}
