package io.mcpgovernor.bench.accuracy;

import java.util.List;
import java.util.SplittableRandom;

/** Choices that are the same for the same seed. Not thread-safe. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From the first to the last, both included. */
  int between(int first, int last) {
    return random.nextInt(first, last + 1);
  }

  long between(long first, long last) {
    return random.nextLong(first, last + 1);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  int of(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String of(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String digits(int count) {
    return from("0123456789", count);
  }

  String hex(int count) {
    return from("0123456789abcdef", count);
  }

  String upper(int count) {
    return from("ABCDEFGHIJKLMNOPQRSTUVWXYZ", count);
  }

  String base62(int count) {
    return from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", count);
  }

  String from(String alphabet, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /**
   * A pattern filled in: {@code #} any digit, {@code N} 2 to 9, {@code P} 1 to 9, {@code A} a
   * capital letter; a backslash keeps what follows.
   */
  String pattern(String pattern) {
    StringBuilder text = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '#' -> text.append(below(10));
        case 'N' -> text.append(between(2, 9));
        case 'P' -> text.append(between(1, 9));
        case 'A' -> text.append(upper(1));
        case '\\' -> text.append(pattern.charAt(++i));
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  /** In another order. */
  <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T other = list.get(i);
      list.set(i, list.get(j));
      list.set(j, other);
    }
  }
}
