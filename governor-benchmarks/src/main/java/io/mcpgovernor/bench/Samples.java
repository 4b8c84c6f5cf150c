package io.mcpgovernor.bench;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Measured values of one thing, sorted. Immutable. */
public final class Samples {
  private final double[] sorted;

  private Samples(double[] sorted) {
    this.sorted = sorted;
  }

  /** Nanoseconds as samples in another unit. */
  public static Samples ofNanos(long[] nanos, double nanosPerUnit) {
    double[] values = new double[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      values[i] = nanos[i] / nanosPerUnit;
    }
    Arrays.sort(values);
    return new Samples(values);
  }

  /** Values as they are. */
  public static Samples of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Samples(sorted);
  }

  /** The samples of several rounds together. */
  static Samples together(Iterable<Samples> rounds) {
    double[] all = new double[0];
    for (Samples round : rounds) {
      int old = all.length;
      all = Arrays.copyOf(all, old + round.sorted.length);
      System.arraycopy(round.sorted, 0, all, old, round.sorted.length);
    }
    Arrays.sort(all);
    return new Samples(all);
  }

  /** The median over rounds of a figure of each round: one noisy round does not count. */
  public static double medianOf(Iterable<Samples> rounds, ToDoubleFunction<Samples> figure) {
    Stream.Builder<Double> figures = Stream.builder();
    rounds.forEach(round -> figures.add(figure.applyAsDouble(round)));
    return of(figures.build().mapToDouble(Double::doubleValue).toArray()).percentile(50);
  }

  int count() {
    return sorted.length;
  }

  /** The smallest value. */
  public double min() {
    return sorted[0];
  }

  /** The largest value. */
  public double max() {
    return sorted[sorted.length - 1];
  }

  double mean() {
    return Arrays.stream(sorted).average().orElseThrow();
  }

  double stdev() {
    double mean = mean();
    return Math.sqrt(
        Arrays.stream(sorted)
            .map(value -> (value - mean) * (value - mean))
            .average()
            .orElseThrow());
  }

  /** The smallest value that at least so many percent do not exceed (nearest rank). */
  double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  /** The middle value. */
  public double median() {
    return percentile(50);
  }

  double p95() {
    return percentile(95);
  }

  /** What at most one value in a hundred exceeds. */
  public double p99() {
    return percentile(99);
  }
}
