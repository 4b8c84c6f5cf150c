package io.mcpgovernor.bench.accuracy;

import java.util.ArrayList;
import java.util.List;

/** Deals cards in random order, each as often as the others. Not thread-safe. */
final class Deck<T> {
  private final List<T> all;
  private final Dice dice;
  private final List<T> left = new ArrayList<>();

  Deck(List<T> all, Dice dice) {
    this.all = List.copyOf(all);
    this.dice = dice;
  }

  T next() {
    if (left.isEmpty()) {
      left.addAll(all);
      dice.shuffle(left);
    }
    return left.remove(left.size() - 1);
  }
}
