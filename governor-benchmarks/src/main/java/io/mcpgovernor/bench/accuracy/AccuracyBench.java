package io.mcpgovernor.bench.accuracy;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Measures how exactly a detector finds PII. */
public final class AccuracyBench {
  private AccuracyBench() {}

  /**
   * Lets a detector look at each text and scores what it says.
   *
   * @param types what counts; labels and predictions of other types are ignored
   * @param detector gets a text and says what is where, in code points
   */
  public static AccuracyReport run(
      List<LabelledText> gold, Collection<String> types, Function<String, List<Label>> detector) {
    return runById(gold, types, text -> detector.apply(text.text()));
  }

  /** The same for predictions that are there already and belong to texts by their ids. */
  public static AccuracyReport runById(
      List<LabelledText> gold,
      Collection<String> types,
      Function<LabelledText, List<Label>> predictions) {
    SpanScorer scorer = new SpanScorer(types);
    for (LabelledText text : gold) {
      scorer.add(text, predictions.apply(text));
    }
    return scorer.report();
  }
}
