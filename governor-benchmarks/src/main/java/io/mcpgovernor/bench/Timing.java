package io.mcpgovernor.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Runs something many times, in rounds, and times each run. */
final class Timing {
  /** Untimed rounds, until the compiler has done its work. */
  static final int WARM_UP_ROUNDS = 4;

  private Timing() {}

  /**
   * Times each call of an action, after rounds that are not timed.
   *
   * @param perRound calls in each round
   * @param prepare made before each call and not timed; gets the number of the call
   * @param action what is timed; gets the same number
   */
  static List<Samples> rounds(
      int rounds, int perRound, double nanosPerUnit, IntConsumer prepare, IntConsumer action) {
    List<Samples> timed = new ArrayList<>();
    int number = 0;
    for (int i = 0; i < WARM_UP_ROUNDS * perRound; i++) {
      prepare.accept(number);
      action.accept(number++);
    }
    for (int round = 0; round < rounds; round++) {
      long[] nanos = new long[perRound];
      for (int i = 0; i < perRound; i++) {
        prepare.accept(number);
        long started = System.nanoTime();
        action.accept(number++);
        nanos[i] = System.nanoTime() - started;
      }
      timed.add(Samples.ofNanos(nanos, nanosPerUnit));
    }
    return timed;
  }
}
