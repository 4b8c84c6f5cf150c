package io.mcpgovernor.pii.check;

/**
 * The Verhoeff algorithm (J. Verhoeff, "Error Detecting Decimal Codes", 1969): a check digit by the
 * dihedral group of order ten. Finds every single wrong digit and every pair of swapped neighbours.
 */
public final class Verhoeff {
  /** Where the digit stands decides how it is permuted; the pattern returns after eight places. */
  private static final byte[][] PERMUTED = permutations();

  private Verhoeff() {}

  /** Two digits or more, the last of which is the check digit of the others. */
  public static boolean passes(byte[] text, int from, int to) {
    if (to - from < 2 || !Digits.are(text, from, to)) {
      return false;
    }
    int check = 0;
    for (int i = to - 1; i >= from; i--) {
      check = product(check, PERMUTED[(to - 1 - i) % 8][Digits.at(text, i)]);
    }
    return check == 0;
  }

  /** The product in the dihedral group: 0 to 4 are rotations, 5 to 9 reflections. */
  private static int product(int a, int b) {
    int turn = a < 5 ? a + b % 5 : a - b % 5 + 5;
    return turn % 5 + ((a < 5) == (b < 5) ? 0 : 5);
  }

  private static byte[][] permutations() {
    byte[] once = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    byte[][] permuted = new byte[8][10];
    for (byte digit = 0; digit < 10; digit++) {
      permuted[0][digit] = digit;
    }
    for (int place = 1; place < 8; place++) {
      for (int digit = 0; digit < 10; digit++) {
        permuted[place][digit] = once[permuted[place - 1][digit]];
      }
    }
    return permuted;
  }
}
