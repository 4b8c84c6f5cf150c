package io.mcpgovernor.cli.audit;

import java.nio.file.Path;

/** Is told what is being read, when that may take some seconds. */
@FunctionalInterface
interface Progress {
  /**
   * Work goes on.
   *
   * @param done segments of the log that are read
   * @param all how many there are
   */
  void indexing(Path log, int done, int all);
}
