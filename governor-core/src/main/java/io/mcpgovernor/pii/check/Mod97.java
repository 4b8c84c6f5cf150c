package io.mcpgovernor.pii.check;

/** Remainders by 97 (ISO/IEC 7064, MOD 97-10), with letters read as 10 to 35. */
final class Mod97 {
  private Mod97() {}

  /**
   * The remainder of what stands before, {@code seed}, followed by the digits and upper-case
   * letters of the slice; -1 if there is any other character.
   */
  static int remainder(byte[] text, int from, int to, int seed) {
    int remainder = seed;
    for (int i = from; i < to; i++) {
      int value = Digits.base36(text[i]);
      if (value < 0) {
        return -1;
      }
      remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
    }
    return remainder;
  }
}
