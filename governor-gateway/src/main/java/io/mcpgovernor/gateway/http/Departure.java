package io.mcpgovernor.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * Whether a client is still there when its answer is complete, and what is to be done if it is not.
 * Thread-safe.
 */
final class Departure {
  private enum Fate {
    WAITS,
    ANSWERED,
    GONE
  }

  private volatile Fate fate = Fate.WAITS;
  private @Nullable Runnable task;

  boolean isGone() {
    return fate == Fate.GONE;
  }

  boolean isAnswered() {
    return fate == Fate.ANSWERED;
  }

  /** The answer is complete; false if it is too late. */
  synchronized boolean answered() {
    if (fate != Fate.GONE) {
      fate = Fate.ANSWERED;
      task = null;
    }
    return fate == Fate.ANSWERED;
  }

  /** Takes the place of what was to be done before. */
  void onGone(Runnable task) {
    synchronized (this) {
      if (fate == Fate.WAITS) {
        this.task = task;
        return;
      }
    }
    if (isGone()) {
      task.run();
    }
  }

  void gone() {
    Runnable todo = null;
    synchronized (this) {
      if (fate == Fate.WAITS) {
        fate = Fate.GONE;
        todo = task;
      }
    }
    if (todo != null) {
      todo.run();
    }
  }
}
