package io.mcpgovernor;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that waits for a call, made to do the call's work meanwhile: what would else wake
 * another thread is put into a queue that this one empties. For callers with a thread to each call,
 * such as virtual ones. Used by one call.
 */
final class CallerThread implements ToolPlace {
  private final Thread thread = Thread.currentThread();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    LockSupport.unpark(thread);
  }

  @Override
  public void executeAnyway(Runnable task) {
    execute(task);
  }

  /**
   * Works until a call has its outcome. An interrupt ends nothing before that, unless it meets the
   * tool: what has begun goes on record.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // waited for below
  <T> T work(CompletableFuture<T> outcome) {
    boolean interrupted = false;
    if (!outcome.isDone()) {
      outcome.whenComplete((done, failure) -> LockSupport.unpark(thread));
    }
    while (!outcome.isDone()) {
      Runnable task = tasks.poll();
      if (task != null) {
        task.run();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      thread.interrupt();
    }
    return outcome.join();
  }
}
