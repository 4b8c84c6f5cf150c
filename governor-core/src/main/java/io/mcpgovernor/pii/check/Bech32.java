package io.mcpgovernor.pii.check;

import java.util.Arrays;

/** Bech32 and Bech32m, in which addresses with a witness version are written (BIP 173, BIP 350). */
final class Bech32 {
  private static final int BYTES_MIN = 14;
  private static final int BYTES_MAX = 90;
  private static final int CHECKSUM = 6;
  private static final int BECH32 = 1;
  private static final int BECH32M = 0x2bc830a3;
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final byte[] VALUES = values();

  private Bech32() {}

  static boolean isAddress(byte[] text, int from, int to) {
    if (to - from < BYTES_MIN || to - from > BYTES_MAX) {
      return false;
    }
    int prefix = prefix(text, from);
    int data = from + prefix + 1;
    if (prefix == 0 || to - data < CHECKSUM + 1 || isMixed(text, from, to)) {
      return false;
    }
    int sum = expanded(text, from, prefix);
    for (int i = data; i < to; i++) {
      int value = value(text[i]);
      if (value < 0) {
        return false;
      }
      sum = step(sum) ^ value;
    }
    int version = value(text[data]);
    return version <= 16
        && sum == (version == 0 ? BECH32 : BECH32M)
        && isProgram(text, data + 1, to - CHECKSUM, version);
  }

  /** Length of the network's name before the separator 1, or 0 if it is none of Bitcoin's. */
  private static int prefix(byte[] text, int from) {
    if (stands(text, from, "bcrt1")) {
      return 4;
    }
    return stands(text, from, "bc1") || stands(text, from, "tb1") ? 2 : 0;
  }

  private static boolean stands(byte[] text, int from, String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (lower(text[from + i]) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The sum over the name: first the high bits of its letters, a zero, then the low bits. */
  private static int expanded(byte[] text, int from, int prefix) {
    int sum = 1;
    for (int i = from; i < from + prefix; i++) {
      sum = step(sum) ^ (lower(text[i]) >> 5);
    }
    sum = step(sum);
    for (int i = from; i < from + prefix; i++) {
      sum = step(sum) ^ (lower(text[i]) & 31);
    }
    return sum;
  }

  private static int step(int sum) {
    int next = (sum & 0x1ffffff) << 5;
    for (int i = 0; i < GENERATOR.length; i++) {
      if ((sum >> (25 + i) & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }

  /** Whether groups of five bits hold whole bytes, as many as the version wants, and zeros. */
  private static boolean isProgram(byte[] text, int from, int to, int version) {
    int bits = (to - from) * 5;
    int bytes = bits / 8;
    int rest = bits % 8;
    if (rest >= 5 || bytes < 2 || bytes > 40 || (version == 0 && bytes != 20 && bytes != 32)) {
      return false;
    }
    return (value(text[to - 1]) & ((1 << rest) - 1)) == 0;
  }

  private static boolean isMixed(byte[] text, int from, int to) {
    boolean lower = false;
    boolean upper = false;
    for (int i = from; i < to; i++) {
      lower |= text[i] >= 'a' && text[i] <= 'z';
      upper |= Digits.isLetter(text[i]);
    }
    return lower && upper;
  }

  private static int lower(byte c) {
    return Digits.isLetter(c) ? c | 0x20 : c;
  }

  private static int value(byte c) {
    return c < 0 ? -1 : VALUES[lower(c)];
  }

  private static byte[] values() {
    String alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }
}
