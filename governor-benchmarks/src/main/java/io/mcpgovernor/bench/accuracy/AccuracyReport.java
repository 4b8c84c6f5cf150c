package io.mcpgovernor.bench.accuracy;

import io.mcpgovernor.call.JsonWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores by type and together, and which traps were sprung. Immutable.
 *
 * @param scores by type, in the order asked for
 * @param sprung how many traps of a class were touched by a prediction; those with none are left
 *     out
 * @param mistakes every one
 */
public record AccuracyReport(
    Map<String, SpanScore> scores, Map<String, Integer> sprung, List<Mistake> mistakes) {
  /** Copies what it is given. */
  public AccuracyReport {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    sprung = Collections.unmodifiableMap(new LinkedHashMap<>(sprung));
    mistakes = List.copyOf(mistakes);
  }

  /** All types as one. */
  public SpanScore together() {
    return scores.values().stream().reduce(SpanScore.NOTHING, SpanScore::plus);
  }

  /** Prints a table of the types that occur, then the traps, then some mistakes. */
  public void printTable(PrintStream out, int mistakesMax) {
    out.printf(
        Locale.ROOT,
        "%-20s %6s %9s %7s %7s %7s %7s %6s%n",
        "type",
        "n",
        "precision",
        "recall",
        "F1",
        "exact",
        "masked",
        "wrong");
    scores.forEach(
        (type, score) -> {
          if (score.gold() + score.wrong() > 0) {
            line(out, type, score);
          }
        });
    line(out, "ALL", together());
    sprung.forEach((trap, times) -> out.println("trap sprung: " + trap + " " + times + " times"));
    mistakes.stream().limit(mistakesMax).forEach(out::println);
  }

  private static void line(PrintStream out, String type, SpanScore score) {
    out.printf(
        Locale.ROOT,
        "%-20s %6d %9.3f %7.3f %7.3f %7.3f %7.3f %6d%n",
        type,
        score.gold(),
        score.precision(),
        score.recall(),
        score.f1(),
        score.exactRecall(),
        score.maskingRecall(),
        score.wrong());
  }

  /** Prints one JSON object; a share of nothing is {@code null}. */
  public void printJson(PrintStream out) {
    JsonWriter json = new JsonWriter(8_192);
    json.beginObject().name("types").beginArray();
    scores.forEach((type, score) -> write(json, type, score));
    write(json, "ALL", together());
    json.endArray().name("traps_sprung").beginObject();
    sprung.forEach((trap, times) -> json.field(trap, times));
    json.endObject().endObject();
    out.println(new String(json.toByteArray(), StandardCharsets.UTF_8));
  }

  private static void write(JsonWriter json, String type, SpanScore score) {
    json.beginObject().field("type", type).field("n", score.gold());
    share(json, "precision", score.precision());
    share(json, "recall", score.recall());
    share(json, "f1", score.f1());
    share(json, "exact_recall", score.exactRecall());
    share(json, "masking_recall", score.maskingRecall());
    json.field("wrong", score.wrong()).endObject();
  }

  private static void share(JsonWriter json, String name, double share) {
    json.name(name).value((Object) (Double.isNaN(share) ? null : share));
  }
}
