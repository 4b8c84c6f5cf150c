package io.mcpgovernor.pii.check;

/** Numbers of persons in Singapore. */
public final class Singapore {
  private static final int BYTES = 9;
  private static final int[] WEIGHTS = {2, 7, 6, 5, 4, 3, 2};

  private Singapore() {}

  /**
   * NRIC of citizens and residents (S, T) and FIN of foreigners (F, G, M): a letter, seven digits,
   * a check letter by weights and modulus 11. Issued by the Immigration and Checkpoints Authority;
   * the rule itself is not official, but known and without exception.
   */
  public static boolean nric(byte[] text, int from, int to) {
    if (to - from != BYTES || !Digits.are(text, from + 1, to - 1)) {
      return false;
    }
    int sum = WeightedDigits.sum(text, from + 1, WEIGHTS);
    return switch (text[from]) {
      case 'S' -> text[to - 1] == "JZIHGFEDCBA".charAt(sum % 11);
      case 'T' -> text[to - 1] == "JZIHGFEDCBA".charAt((sum + 4) % 11);
      case 'F' -> text[to - 1] == "XWUTRQPNMLK".charAt(sum % 11);
      case 'G' -> text[to - 1] == "XWUTRQPNMLK".charAt((sum + 4) % 11);
      case 'M' -> text[to - 1] == "XWUTRQPNJLK".charAt((sum + 3) % 11);
      default -> false;
    };
  }
}
