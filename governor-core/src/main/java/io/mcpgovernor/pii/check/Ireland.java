package io.mcpgovernor.pii.check;

/** Numbers of persons in Ireland. */
public final class Ireland {
  private static final int DIGITS = 7;
  private static final String CHECK = "WABCDEFGHIJKLMNOPQRSTUV";

  private Ireland() {}

  /**
   * PPS number: seven digits and a check letter, modulus 23; since 2013 another letter from A to I,
   * which counts nine times, or W of old, T or X, which do not count (Department of Social
   * Protection; Revenue, "PPSN checksum").
   */
  public static boolean pps(byte[] text, int from, int to) {
    int letters = to - from - DIGITS;
    if (letters < 1 || letters > 2 || !Digits.are(text, from, from + DIGITS)) {
      return false;
    }
    int sum = WeightedDigits.falling(text, from, from + DIGITS, 2);
    if (letters == 2) {
      byte last = text[to - 1];
      if (last >= 'A' && last <= 'I') {
        sum += 9 * (last - 'A' + 1);
      } else if (last != 'W' && last != 'T' && last != 'X') {
        return false;
      }
    }
    return text[from + DIGITS] == CHECK.charAt(sum % CHECK.length());
  }
}
