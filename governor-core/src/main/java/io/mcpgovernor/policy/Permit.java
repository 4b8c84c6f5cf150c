package io.mcpgovernor.policy;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One unit of a quota, held while a call runs. Ends once: by {@link #close} when the call has run,
 * or by {@link #cancel} when it never did. Thread-safe.
 */
public final class Permit implements Quota.Acquired, AutoCloseable {
  // Instead of an object a permit: a call takes three.
  private static final AtomicIntegerFieldUpdater<Permit> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(Permit.class, "ended");

  private final Runnable onClose;
  private final Runnable onCancel;
  private volatile int ended;

  private Permit(Runnable onClose, Runnable onCancel) {
    this.onClose = onClose;
    this.onCancel = onCancel;
  }

  /**
   * A permit.
   *
   * @param onClose gives back what is only held during the run (a place), keeps what was used (a
   *     call)
   * @param onCancel gives everything back
   */
  public static Permit of(Runnable onClose, Runnable onCancel) {
    return new Permit(onClose, onCancel);
  }

  @Override
  public void close() {
    if (ENDED.compareAndSet(this, 0, 1)) {
      onClose.run();
    }
  }

  /** Gives everything back, as if it had never been taken. */
  public void cancel() {
    if (ENDED.compareAndSet(this, 0, 1)) {
      onCancel.run();
    }
  }
}
