package io.mcpgovernor.pii.check;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Base58Check, in which the older addresses of Bitcoin are written (Bitcoin Core). */
final class CheckedBase58 {
  private static final int BYTES_MIN = 26;
  private static final int BYTES_MAX = 35;
  private static final int PAYLOAD = 21;
  private static final int DECODED = PAYLOAD + 4;
  private static final byte[] VALUES = values();

  private CheckedBase58() {}

  static boolean isAddress(byte[] text, int from, int to) {
    if (to - from < BYTES_MIN || to - from > BYTES_MAX) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text[i] < 0 || VALUES[text[i]] < 0) {
        return false;
      }
    }
    byte[] decoded = new byte[DECODED];
    return decode(text, from, to, decoded) && isVersion(decoded[0]) && isChecked(decoded);
  }

  /** Main network P2PKH and P2SH, test network P2PKH and P2SH. */
  private static boolean isVersion(byte version) {
    return switch (version & 0xff) {
      case 0x00, 0x05, 0x6f, 0xc4 -> true;
      default -> false;
    };
  }

  /** Whether the characters fill {@code decoded} exactly: each leading 1 is a leading zero byte. */
  private static boolean decode(byte[] text, int from, int to, byte[] decoded) {
    for (int i = from; i < to; i++) {
      int carry = VALUES[text[i]];
      for (int j = DECODED - 1; j >= 0; j--) {
        carry += (decoded[j] & 0xff) * 58;
        decoded[j] = (byte) carry;
        carry >>= 8;
      }
      if (carry != 0) {
        return false;
      }
    }
    int ones = 0;
    while (from + ones < to && text[from + ones] == '1') {
      ones++;
    }
    int zeros = 0;
    while (zeros < DECODED && decoded[zeros] == 0) {
      zeros++;
    }
    return ones == zeros;
  }

  private static boolean isChecked(byte[] decoded) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(decoded, 0, PAYLOAD);
      byte[] hash = sha.digest(sha.digest());
      return Arrays.equals(hash, 0, DECODED - PAYLOAD, decoded, PAYLOAD, DECODED);
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has SHA-256, by the contract of MessageDigest.
      throw new IllegalStateException(e);
    }
  }

  private static byte[] values() {
    String alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }
}
