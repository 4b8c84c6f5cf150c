package io.mcpgovernor.config.weigh;

/**
 * What parts of GraphQL weigh, in points of the complexity score. Fragments count wherever they are
 * used.
 *
 * @param level a level of selections: {@code {a {b}}} has two
 * @param field a field
 * @param alias an alias, by which a field can be asked for again and again
 * @param hundredItems a hundred items asked for by {@code first}, {@code last}, {@code limit} and
 *     the like, those of inner lists times those of outer ones
 * @param unknownItems how many items a limit in a variable is taken for
 * @param operation each operation after the first
 * @param most what a text weighs at most, and one that cannot be read weighs
 */
public record GraphqlWeights(
    double level,
    double field,
    double alias,
    double hundredItems,
    int unknownItems,
    double operation,
    double most) {
  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is negative or no number
   */
  public GraphqlWeights {
    Weights.check(level, field, alias, hundredItems, unknownItems, operation, most);
  }

  /** With the usual maximum of 100, four levels and fifty fields run, ten levels and ninety not. */
  public static GraphqlWeights defaults() {
    return new GraphqlWeights(3, 0.5, 2, 1, 100, 5, 200);
  }
}
