package io.mcpgovernor.call;

/**
 * How long a thread that waits for something quick yields before it sleeps: to fall asleep and be
 * woken takes longer than most of what it waits for.
 */
public final class Awake {
  // On a single core nobody else gets on while this one looks.
  private static final long NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 100_000 : 0;

  private Awake() {}

  /** When a thread that begins to wait now should go to sleep, by {@link System#nanoTime()}. */
  public static long until() {
    return System.nanoTime() + NANOS;
  }
}
