package io.mcpgovernor.pii.check;

/** Numbers of persons in Spain. */
public final class Spain {
  private static final int BYTES = 9;
  private static final String CHECK = "TRWAGMYFPDXBNJZSQVHLCKE";

  private Spain() {}

  /**
   * DNI of citizens: eight digits, of which a leading zero may be left out, and a letter, modulus
   * 23 (royal decree 1553/2005, article 11; Ministry of the Interior, "Cálculo del dígito de
   * control del NIF/NIE").
   */
  public static boolean dni(byte[] text, int from, int to) {
    return (to - from == BYTES || to - from == BYTES - 1)
        && Digits.are(text, from, to - 1)
        && isChecked(text, to, Digits.value(text, from, to - 1));
  }

  /**
   * NIE of foreigners: X, Y or Z, which count as 0, 1 and 2, seven digits, a letter as in {@link
   * #dni} (order INT/2058/2008).
   */
  public static boolean nie(byte[] text, int from, int to) {
    return to - from == BYTES
        && text[from] >= 'X'
        && text[from] <= 'Z'
        && Digits.are(text, from + 1, to - 1)
        && isChecked(
            text, to, (text[from] - 'X') * 10_000_000L + Digits.value(text, from + 1, to - 1));
  }

  private static boolean isChecked(byte[] text, int to, long number) {
    return text[to - 1] == CHECK.charAt((int) (number % CHECK.length()));
  }
}
