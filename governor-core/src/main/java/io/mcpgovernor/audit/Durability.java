package io.mcpgovernor.audit;

/** When a record counts as kept. */
public enum Durability {
  /** On disk: survives the loss of power. */
  FSYNC,
  /** Handed to the operating system: survives the death of this process. */
  FLUSH,
  /** In this process's queue: survives nothing. For measurements and tests. */
  ASYNC
}
