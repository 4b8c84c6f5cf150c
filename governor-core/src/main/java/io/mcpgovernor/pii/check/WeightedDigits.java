package io.mcpgovernor.pii.check;

/** Sums of digits times weights, from which most check digits are taken. */
final class WeightedDigits {
  private WeightedDigits() {}

  /** The digits from {@code from} on, as many as there are weights, each times its weight. */
  static int sum(byte[] text, int from, int[] weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * Digits.at(text, from + i);
    }
    return sum;
  }

  /** The digits of the slice times weights that fall by one to {@code last}. */
  static int falling(byte[] text, int from, int to, int last) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += (to - 1 - i + last) * Digits.at(text, i);
    }
    return sum;
  }
}
