package io.mcpgovernor.cli.audit;

import io.mcpgovernor.verify.VerifyRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor audit verify}: proves that logs are whole, or names the first bad record. */
@Command(
    name = "verify",
    description = "Proves that audit logs are whole, or names the first bad record.",
    footer = {
      "",
      "Keys beside a log show only that it is consistent: keep a copy of its public key, and of",
      "its checkpoints, where nobody who can write the log can write.",
      "Exit codes: 0 ok, 1 cannot read, 2 wrong usage, 5 verification failed."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--key",
      paramLabel = "PUB",
      description =
          "A public key, or a file or directory of such, whose signatures count; the keys beside"
              + " each log if not given.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Checkpoints that were kept elsewhere; the logs have to match.")
  private List<Path> checkpoints = new ArrayList<>();

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description = "Checks a proof that a log holds a record. Needs --key, and no log.")
  private @Nullable Path proof;

  @Option(
      names = "--part",
      description = "Older files of the logs are elsewhere: do not ask for them.")
  private boolean part;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Parameters(
      paramLabel = "DIR",
      description = "Directories of logs, or roots above such; audit if not given.")
  private List<Path> directories = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    return new VerifyRequest(directories, keys, checkpoints, proof, json, part)
        .run(spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
