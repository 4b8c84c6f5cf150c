package io.mcpgovernor.cli.audit;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code governor audit prove}: a proof that a log holds a record, to be checked without it. */
@Command(
    name = "prove",
    description = "Writes a proof that the log holds a record, to be checked without the log.",
    mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SEQ", description = "The record's seq.")
  private long seq;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException("not written yet: " + seq);
  }
}
