package io.mcpgovernor.pii.check;

/** Addresses of Ethereum and of the chains that took them over. Their case counts. */
public final class Ethereum {
  private static final int HEX = 40;

  private Ethereum() {}

  /**
   * {@code 0x} and 40 hexadecimal digits. Letters of one case pass; of mixed case, they must be
   * large where the hash of the small ones says so (EIP-55). Mixed case allocates for the hash.
   */
  public static boolean address(byte[] text, int from, int to) {
    if (to - from != HEX + 2 || text[from] != '0' || text[from + 1] != 'x') {
      return false;
    }
    boolean lower = false;
    boolean upper = false;
    for (int i = from + 2; i < to; i++) {
      byte c = text[i];
      lower |= c >= 'a' && c <= 'f';
      upper |= c >= 'A' && c <= 'F';
      if (!Digits.isDigit(c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'f')) {
        return false;
      }
    }
    return !lower || !upper || isChecked(text, from + 2);
  }

  private static boolean isChecked(byte[] text, int from) {
    byte[] small = new byte[HEX];
    for (int i = 0; i < HEX; i++) {
      small[i] = (byte) (text[from + i] | 0x20); // digits have this bit already
    }
    byte[] hash = Keccak256.hash(small);
    for (int i = 0; i < HEX; i++) {
      int nibble = (i & 1) == 0 ? hash[i / 2] >> 4 & 15 : hash[i / 2] & 15;
      if (!Digits.isDigit(text[from + i]) && Digits.isLetter(text[from + i]) != nibble >= 8) {
        return false;
      }
    }
    return true;
  }
}
