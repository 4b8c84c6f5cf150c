package io.mcpgovernor.pii.check;

/** Numbers of persons and companies in Chile. */
public final class Chile {
  private static final int BYTES_MIN = 8;
  private static final int BYTES_MAX = 9;

  private Chile() {}

  /**
   * RUT, called RUN for persons: seven or eight digits, and a check digit or K, weights 2 to 7 from
   * the right, modulus 11 (decree law 3 of 1969; Servicio de Impuestos Internos).
   */
  public static boolean rut(byte[] text, int from, int to) {
    int bytes = to - from;
    if (bytes < BYTES_MIN || bytes > BYTES_MAX || !Digits.are(text, from, to - 1)) {
      return false;
    }
    int sum = 0;
    for (int i = from; i < to - 1; i++) {
      sum += (2 + (to - 2 - i) % 6) * Digits.at(text, i);
    }
    return text[from] != '0' && text[to - 1] == "0K987654321".charAt(sum % 11);
  }
}
