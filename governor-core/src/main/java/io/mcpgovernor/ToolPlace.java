package io.mcpgovernor;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Where a tool runs, and what follows it. Thread-safe. */
interface ToolPlace extends Executor {
  /**
   * Runs a tool, at once or when there is room. Returns at once.
   *
   * @throws RejectedExecutionException if there is none
   */
  @Override
  void execute(Runnable task);

  /** Runs what has to be run, whoever is busy. Returns at once. */
  void executeAnyway(Runnable task);
}
