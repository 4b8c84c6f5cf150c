package io.mcpgovernor.call;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some objects that cost more to make than a call may, each lent to one borrower at a time. Who
 * finds none gets a new one: nobody waits for another, and to borrow while borrowing is no special
 * case. Keeps two for each processor and lets go of the others. Thread-safe.
 *
 * <p>Not thread-locals, because hosts that give each call a thread of its own would make a new
 * object for each call after all.
 *
 * <p>Whoever gives an object back has made it forget what it was used for, and has not let it grow
 * without bound.
 */
public final class Spares<T> {
  private static final int KEPT_MAX = 2 * Runtime.getRuntime().availableProcessors();

  private final AtomicReferenceArray<@Nullable T> kept = new AtomicReferenceArray<>(KEPT_MAX);
  private final Supplier<T> maker;

  /**
   * None yet.
   *
   * @param maker makes a new object
   */
  public Spares(Supplier<T> maker) {
    this.maker = maker;
  }

  /** One for the caller alone, until it is given back. */
  public T take() {
    for (int i = 0; i < KEPT_MAX; i++) {
      // Looked at first, because a swap costs even where there is nothing.
      if (kept.get(i) != null) {
        T spare = kept.getAndSet(i, null);
        if (spare != null) {
          return spare;
        }
      }
    }
    return maker.get();
  }

  /** Gives one back, which the caller must not use any more. */
  public void give(T spare) {
    for (int i = 0; i < KEPT_MAX; i++) {
      if (kept.get(i) == null && kept.compareAndSet(i, null, spare)) {
        return;
      }
    }
  }
}
