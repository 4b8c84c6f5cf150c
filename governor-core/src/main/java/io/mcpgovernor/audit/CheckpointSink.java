package io.mcpgovernor.audit;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where checkpoints are handed out to, so that somebody holds them whom the log's machine cannot
 * overrule: a file on another machine, a service, another log.
 *
 * <p>Each has a thread and a short queue of its own; what it throws is counted and logged, and the
 * next checkpoint covers what it missed. When it is slow, older checkpoints make room for newer
 * ones.
 */
@FunctionalInterface
public interface CheckpointSink {
  /**
   * Takes a checkpoint that is on record.
   *
   * @param note the signed note (C2SP tlog-checkpoint)
   * @throws IOException if it did not arrive; it is not tried again
   */
  void accept(String note) throws IOException;

  /** Appends every checkpoint to a file, each followed by an empty line, on disk at once. */
  static CheckpointSink toFile(Path file) {
    return new CheckpointFile(file);
  }
}
