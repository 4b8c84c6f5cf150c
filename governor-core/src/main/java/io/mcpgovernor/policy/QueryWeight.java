package io.mcpgovernor.policy;

import java.util.Comparator;
import java.util.List;

/**
 * What a query weighs by its structure.
 *
 * @param points at least 0; the parts may come to more where a weigher has a maximum
 * @param heaviest what it is made of, heaviest first
 */
public record QueryWeight(double points, List<Part> heaviest) {
  /** Sorts the parts. */
  public QueryWeight {
    if (!(points >= 0)) {
      throw new IllegalArgumentException("a query weighs 0 or more");
    }
    heaviest = heaviest.stream().sorted(Comparator.comparingDouble(part -> -part.points)).toList();
  }

  /**
   * A part of a query. Models are told what stands here: keywords and counts, never a name or a
   * literal of the query.
   *
   * @param what such as {@code 3 joins}, {@code no WHERE}, {@code selection 7 levels deep}; one
   *     that begins with another number than 1 is a plural
   * @param points what it weighs
   * @param advice how to do with less, without a full stop, such as {@code Join fewer tables}
   */
  public record Part(String what, double points, String advice) {}
}
