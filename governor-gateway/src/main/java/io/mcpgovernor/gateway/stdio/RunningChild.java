package io.mcpgovernor.gateway.stdio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process among those of a server, until it ends or is no longer needed. Thread-safe. */
final class RunningChild {
  /** It takes no time once the process has ended, which it has by then. */
  private static final int GONE_SECONDS = 3;

  private final ChildUpstream upstream;
  private final AtomicBoolean isUnwanted = new AtomicBoolean();
  private volatile CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile long usedAt;

  RunningChild(ChildUpstream upstream, long now) {
    this.upstream = upstream;
    this.usedAt = now;
  }

  ChildUpstream upstream() {
    return upstream;
  }

  boolean hasEnded() {
    return isUnwanted.get() || upstream.ended().isDone();
  }

  void use(long now) {
    usedAt = now;
  }

  long usedAt() {
    return usedAt;
  }

  boolean isIdle() {
    return upstream.conversation().isIdle();
  }

  /** Ends it beside its caller; its end is then no crash. */
  void end() {
    if (isUnwanted.compareAndSet(false, true)) {
      Thread.ofPlatform().name("child-end").start(upstream::close);
    }
  }

  /** Ends it and waits until it no longer counts. */
  void endNow() {
    isUnwanted.set(true);
    upstream.close();
    awaitGone();
  }

  /** Waits until its end is on the books, once it has ended. */
  void awaitGone() {
    gone.copy().completeOnTimeout(null, GONE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Says what is complete when it no longer counts. */
  void goneWith(CompletableFuture<Void> gone) {
    this.gone = gone;
  }

  boolean isUnwanted() {
    return isUnwanted.get();
  }
}
