package io.mcpgovernor.audit;

/**
 * Whether it pays to stay awake for what may come at once. Who waited in vain goes to sleep the
 * next times, each time for longer, and tries again now and then; who did not stays awake. Used by
 * one thread.
 */
final class Vigil {
  private static final int SLEPT_MAX = 63;

  private int sleeps;
  private int left;

  /** Whether to stay awake this time; if so, {@link #ended} has to be told. */
  boolean pays() {
    if (left == 0) {
      return true;
    }
    left--;
    return false;
  }

  /** Takes note of whether something came. */
  void ended(boolean caught) {
    sleeps = caught ? 0 : Math.min(SLEPT_MAX, 2 * sleeps + 1);
    left = sleeps;
  }
}
