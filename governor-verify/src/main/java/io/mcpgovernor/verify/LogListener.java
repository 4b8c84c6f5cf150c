package io.mcpgovernor.verify;

/** Told of what a log holds while it is verified, each thing after it was found to be right. */
interface LogListener {
  LogListener NONE = new LogListener() {};

  /** The reading begins, perhaps not for the first time: files had vanished. */
  default void begun() {}

  /** A perfect subtree of 2^height records follows: a record, or some that are deleted. */
  default void subtree(int height, byte[] hash, int from) {}

  /** The line of a record, without its line break; told before its leaf. */
  default void record(long seq, byte[] bytes, int from, int to) {}

  /** A checkpoint of the log's own. */
  default void checkpoint(Checkpoint checkpoint) {}
}
