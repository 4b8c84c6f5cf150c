package io.mcpgovernor.bench;

import io.mcpgovernor.call.JsonWriter;
import java.util.OptionalDouble;

/**
 * One measured figure.
 *
 * @param name what was measured
 * @param unit of all its numbers
 * @param value the figure
 * @param goal what it should be, if there is a goal
 * @param met whether it is; meaningless without a goal
 * @param baseline the same figure of the thing compared with, in the same run
 * @param samples what the figure was taken from
 */
public record Row(
    String name,
    String unit,
    double value,
    OptionalDouble goal,
    boolean met,
    OptionalDouble baseline,
    Samples samples) {

  /** A figure without a goal. */
  public static Row of(String name, String unit, double value, Samples samples) {
    return new Row(
        name, unit, value, OptionalDouble.empty(), false, OptionalDouble.empty(), samples);
  }

  /** A figure that should be at most its goal. */
  public static Row atMost(String name, String unit, double value, double goal, Samples samples) {
    return new Row(
        name, unit, value, OptionalDouble.of(goal), value <= goal, OptionalDouble.empty(), samples);
  }

  /** A figure that should be exactly its goal. */
  static Row exactly(String name, String unit, double value, double goal, Samples samples) {
    return new Row(
        name, unit, value, OptionalDouble.of(goal), value == goal, OptionalDouble.empty(), samples);
  }

  /** The same row beside a baseline. */
  public Row against(double baseline) {
    return new Row(name, unit, value, goal, met, OptionalDouble.of(baseline), samples);
  }

  /** The same row with a goal that was worked out elsewhere. */
  public Row goal(double goal, boolean isMet) {
    return new Row(name, unit, value, OptionalDouble.of(goal), isMet, baseline, samples);
  }

  void writeTo(JsonWriter json) {
    json.beginObject().field("name", name).field("unit", unit);
    number(json, "value", value);
    number(json, "goal", goal);
    json.name("met").value((Object) (goal.isPresent() ? met : null));
    number(json, "baseline", baseline);
    number(json, "ratio", ratio());
    json.field("n", samples.count());
    number(json, "min", samples.min());
    number(json, "median", samples.median());
    number(json, "mean", samples.mean());
    number(json, "max", samples.max());
    number(json, "stdev", samples.stdev());
    number(json, "p95", samples.p95());
    number(json, "p99", samples.p99());
    json.endObject();
  }

  /** How many times the baseline it is. */
  OptionalDouble ratio() {
    return baseline.isPresent() && baseline.getAsDouble() != 0
        ? OptionalDouble.of(value / baseline.getAsDouble())
        : OptionalDouble.empty();
  }

  private static void number(JsonWriter json, String name, double value) {
    json.name(name).value((Object) (Math.round(value * 1_000) / 1_000.0));
  }

  private static void number(JsonWriter json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      number(json, name, value.getAsDouble());
    } else {
      json.field(name, (String) null);
    }
  }
}
