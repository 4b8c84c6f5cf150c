package io.mcpgovernor.bench.accuracy;

/**
 * How well one type was found. Immutable.
 *
 * @param gold how many there are
 * @param found of them, those that a prediction of the same type covers well enough
 * @param exact of those, the ones with the very same place
 * @param covered of all there are, those that predictions cover wholly, whatever their type
 * @param wrong predictions of the type that match nothing
 */
public record SpanScore(int gold, int found, int exact, int covered, int wrong) {
  static final SpanScore NOTHING = new SpanScore(0, 0, 0, 0, 0);

  SpanScore plus(SpanScore other) {
    return new SpanScore(
        gold + other.gold,
        found + other.found,
        exact + other.exact,
        covered + other.covered,
        wrong + other.wrong);
  }

  /** The share of predictions that are right; NaN if there are none. */
  public double precision() {
    return (double) found / (found + wrong);
  }

  /** The share of what there is that was found; NaN if there is nothing. */
  public double recall() {
    return (double) found / gold;
  }

  /** The harmonic mean of both; 0 if nothing was found. */
  public double f1() {
    return found == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
  }

  /** The share found at the very place; NaN if there is nothing. */
  public double exactRecall() {
    return (double) exact / gold;
  }

  /** The share of what there is that would have been masked wholly; NaN if there is nothing. */
  public double maskingRecall() {
    return (double) covered / gold;
  }
}
