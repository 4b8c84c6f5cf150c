package io.mcpgovernor.bench.accuracy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares predictions with the truth, text by text. A prediction is right if its type is the same
 * and the two places have at least half of their union in common; each counts once. Types that are
 * not asked about count neither way. Not thread-safe.
 */
final class SpanScorer {
  private static final double OVERLAP_MIN = 0.5;
  private static final double COVER_MIN = 0.99;

  private final Map<String, SpanScore> scores = new LinkedHashMap<>();
  private final Map<String, Integer> sprung = new LinkedHashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  SpanScorer(Collection<String> types) {
    types.forEach(type -> scores.put(type, SpanScore.NOTHING));
  }

  void add(LabelledText text, List<Label> predictions) {
    List<Label> asked =
        predictions.stream().filter(label -> scores.containsKey(label.type())).toList();
    boolean[] used = new boolean[asked.size()];
    for (Label gold : text.spans()) {
      if (scores.containsKey(gold.type())) {
        judge(text, gold, asked, used);
      }
    }
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        Label wrong = asked.get(i);
        count(wrong.type(), new SpanScore(0, 0, 0, 0, 1));
        mistakes.add(new Mistake(Mistake.Fault.NOT_PII, text, wrong));
      }
    }
    for (Label trap : text.traps()) {
      if (asked.stream().anyMatch(label -> common(trap, label) > 0)) {
        sprung.merge(trap.type(), 1, Integer::sum);
      }
    }
  }

  private void judge(LabelledText text, Label gold, List<Label> asked, boolean[] used) {
    int best = -1;
    double bestOverlap = 0;
    int covered = 0;
    for (int i = 0; i < used.length; i++) {
      Label label = asked.get(i);
      covered += common(gold, label);
      double overlap = overlap(gold, label);
      if (!used[i]
          && label.type().equals(gold.type())
          && overlap >= OVERLAP_MIN
          && overlap > bestOverlap) {
        best = i;
        bestOverlap = overlap;
      }
    }
    boolean isFound = best >= 0;
    boolean isCovered = covered >= COVER_MIN * (gold.end() - gold.start());
    boolean isExact = isFound && asked.get(best).equals(gold);
    count(gold.type(), new SpanScore(1, one(isFound), one(isExact), one(isCovered), 0));
    if (isFound) {
      used[best] = true;
    } else {
      mistakes.add(new Mistake(Mistake.Fault.MISSED, text, gold));
    }
  }

  private static int one(boolean counted) {
    return counted ? 1 : 0;
  }

  private void count(String type, SpanScore score) {
    scores.merge(type, score, SpanScore::plus);
  }

  private static double overlap(Label a, Label b) {
    int common = common(a, b);
    return (double) common / (a.end() - a.start() + b.end() - b.start() - common);
  }

  private static int common(Label a, Label b) {
    return Math.max(0, Math.min(a.end(), b.end()) - Math.max(a.start(), b.start()));
  }

  AccuracyReport report() {
    return new AccuracyReport(scores, sprung, mistakes);
  }
}
