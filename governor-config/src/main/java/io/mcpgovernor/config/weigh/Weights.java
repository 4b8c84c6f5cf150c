package io.mcpgovernor.config.weigh;

/** What all weights have in common. */
final class Weights {
  private Weights() {}

  static void check(double... weights) {
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("a weight is a number, and at least 0");
      }
    }
  }
}
