package io.mcpgovernor.cli.leaktest;

import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The canaries of a kind: its examples, and for the four most frequent kinds a value that looks
 * real, because products that validate rightly or wrongly pass over sample values.
 */
final class Canaries {
  private Canaries() {}

  /** Always the same for a kind and a seed; empty if the kind has no examples. */
  static List<Canary> of(Kind kind, long seed) {
    List<Canary> canaries = new ArrayList<>();
    for (String example : kind.examples()) {
      canaries.add(Canary.within(kind, example));
    }
    Random random = new Random(seed);
    if (kind == Kinds.EMAIL) {
      canaries.add(new Canary(kind, "", "maria." + letters(random) + "@northwind.org", ""));
    } else if (kind == Kinds.PHONE) {
      canaries.add(
          new Canary(kind, "", "(212) " + number(random, 200, 1_000) + "-" + four(random), ""));
    } else if (kind == Kinds.SSN) {
      canaries.add(
          new Canary(
              kind,
              "",
              "5" + number(random, 10, 100) + "-" + number(random, 10, 100) + "-" + four(random),
              ""));
    } else if (kind == Kinds.CARD) {
      canaries.add(new Canary(kind, "", card(random), ""));
    }
    return canaries;
  }

  private static String letters(Random random) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  private static int number(Random random, int from, int below) {
    return from + random.nextInt(below - from);
  }

  private static int four(Random random) {
    return number(random, 1_000, 10_000);
  }

  /** A number of the issuer range that is for tests, with the check digit that fits. */
  private static String card(Random random) {
    StringBuilder digits = new StringBuilder("453201");
    while (digits.length() < 15) {
      digits.append(random.nextInt(10));
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      // With the check digit still missing, the doubled ones are at even places.
      int doubled = i % 2 == 0 ? 2 * digit : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return digits.append((10 - sum % 10) % 10).toString();
  }
}
