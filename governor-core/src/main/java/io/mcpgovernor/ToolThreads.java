package io.mcpgovernor;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads tools run on: as many as run at once up to a bound, beyond which tasks wait in turn,
 * up to another bound. Idle threads end after a minute. All are daemons. Thread-safe.
 *
 * <p>The JDK's pools either queue before they grow or do not queue at all; a burst of a thousand
 * calls needs a pool that grows first and queues then.
 */
final class ToolThreads implements ToolPlace {
  private final ExecutorService threads;
  private final Semaphore free;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore room;

  /**
   * @param threadsMax how many tasks run at once
   * @param waitingMax how many wait for a thread
   */
  ToolThreads(int threadsMax, int waitingMax) {
    AtomicInteger count = new AtomicInteger();
    free = new Semaphore(threadsMax);
    room = new Semaphore(waitingMax);
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // the semaphore is the bound
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "governor-tool-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs a task on a thread, at once or when one is free. Returns at once.
   *
   * @throws RejectedExecutionException if too many wait, or this was closed
   */
  @Override
  public void execute(Runnable task) {
    if (free.tryAcquire()) {
      start(task);
    } else if (room.tryAcquire()) {
      waiting.add(task);
      // Whoever gave back a thread before the line above did not see the task.
      while (!waiting.isEmpty() && free.tryAcquire()) {
        Runnable next = poll();
        if (next == null) {
          free.release();
        } else {
          start(next);
        }
      }
    } else {
      throw new RejectedExecutionException("all threads run a tool, and the queue is full");
    }
  }

  /**
   * Runs what has to be run, whoever is busy: on a thread of these or, where that cannot be, of the
   * JDK's. Returns at once.
   */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the task tells whom it concerns
  public void executeAnyway(Runnable task) {
    try {
      execute(task);
    } catch (RejectedExecutionException e) {
      CompletableFuture.runAsync(task);
    }
  }

  private void start(Runnable task) {
    try {
      threads.execute(() -> runAll(task));
    } catch (RuntimeException | Error e) {
      free.release();
      throw e;
    }
  }

  private void runAll(Runnable first) {
    run(first);
    do {
      for (Runnable next = poll(); next != null; next = poll()) {
        run(next);
      }
      free.release();
      // Whoever came before the line above found no free thread and left its task waiting.
    } while (!waiting.isEmpty() && free.tryAcquire());
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) { // the next task has nothing to do with it
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private @Nullable Runnable poll() {
    Runnable next = waiting.poll();
    if (next != null) {
      room.release();
    }
    return next;
  }

  /** Refuses new tasks from now on. */
  void shutdown() {
    threads.shutdown();
  }

  /** Refuses new tasks, and interrupts those that have not ended in time. */
  void close(long timeoutMillis) {
    shutdown();
    try {
      if (!threads.awaitTermination(timeoutMillis, TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
