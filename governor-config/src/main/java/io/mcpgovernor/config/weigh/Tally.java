package io.mcpgovernor.config.weigh;

import io.mcpgovernor.policy.QueryWeight;
import io.mcpgovernor.policy.QueryWeight.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Adds up parts. */
final class Tally {
  private final List<Part> parts = new ArrayList<>();
  private double points;

  /** Adds a part as often as it was found. */
  void add(long count, double weight, String one, String several, String advice) {
    if (count > 0) {
      add(count == 1 ? one : String.format(Locale.ROOT, several, count), count * weight, advice);
    }
  }

  /** Adds a part. */
  void add(String what, double weight, String advice) {
    if (weight > 0) {
      points += weight;
      parts.add(new Part(what, weight, advice));
    }
  }

  QueryWeight total(double most) {
    return new QueryWeight(Math.min(points, most), parts);
  }

  /** What weighs most, and nothing else. */
  static QueryWeight most(double most, String what, String advice) {
    return new QueryWeight(most, List.of(new Part(what, most, advice)));
  }
}
