package io.mcpgovernor.cli.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code governor audit verify}: proves that logs are whole, or names the first bad record. */
@Command(
    name = "verify",
    description = "Proves that audit logs are whole, or names the first bad record.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Directories of logs, or roots above such.")
  private List<Path> directories = new ArrayList<>();

  @Override
  public Integer call() {
    throw new UnsupportedOperationException("not written yet: " + directories);
  }
}
