package io.mcpgovernor.pii.check;

/** Numbers of persons and companies in Brazil. */
public final class Brazil {
  private static final int CPF_DIGITS = 11;
  private static final int CNPJ_BYTES = 14;

  private Brazil() {}

  /**
   * CPF of persons: eleven digits, the last two by modulus 11; no repeated digit (Receita Federal,
   * normative instruction 2.172 of 2024).
   */
  public static boolean cpf(byte[] text, int from, int to) {
    return Digits.are(text, from, to, CPF_DIGITS)
        && !Digits.isRepeated(text, from, to)
        && check(WeightedDigits.falling(text, from, to - 2, 2)) == Digits.at(text, to - 2)
        && check(WeightedDigits.falling(text, from, to - 1, 2)) == Digits.at(text, to - 1);
  }

  /**
   * CNPJ of companies: twelve digits or, from July 2026 on, letters, and two check digits by
   * modulus 11, for which letters count as their ASCII code less 48; no repeated digit (Receita
   * Federal, normative instruction 2.229 of 2024).
   */
  public static boolean cnpj(byte[] text, int from, int to) {
    if (to - from != CNPJ_BYTES
        || !Digits.are(text, to - 2, to)
        || Digits.isRepeated(text, from, to)) {
      return false;
    }
    for (int i = from; i < to - 2; i++) {
      if (Digits.base36(text[i]) < 0) {
        return false;
      }
    }
    return check(cycling(text, from, to - 2)) == Digits.at(text, to - 2)
        && check(cycling(text, from, to - 1)) == Digits.at(text, to - 1);
  }

  /** Weights 2 to 9 from the right, again and again. */
  private static int cycling(byte[] text, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += (2 + (to - 1 - i) % 8) * (text[i] - '0');
    }
    return sum;
  }

  private static int check(int sum) {
    int rest = sum % 11;
    return rest < 2 ? 0 : 11 - rest;
  }
}
