package io.mcpgovernor.pii.check;

/**
 * The Luhn algorithm, "modulus 10, double add double" (ISO/IEC 7812-1 annex B; H. P. Luhn, US
 * patent 2,950,048). Finds every single wrong digit and most swapped neighbours.
 */
public final class Luhn {
  private Luhn() {}

  /** Two digits or more, the last of which is the check digit of the others. */
  public static boolean passes(byte[] text, int from, int to) {
    return to - from >= 2 && Digits.are(text, from, to) && sum(text, from, to) % 10 == 0;
  }

  /** Every second digit from the right is doubled, and the digits of what comes out are added. */
  static int sum(byte[] text, int from, int to) {
    int sum = 0;
    boolean doubled = false;
    for (int i = to - 1; i >= from; i--) {
      int digit = Digits.at(text, i);
      if (doubled) {
        digit = digit < 5 ? digit * 2 : digit * 2 - 9;
      }
      sum += digit;
      doubled = !doubled;
    }
    return sum;
  }
}
