package io.mcpgovernor.cli.audit;

import io.mcpgovernor.verify.InclusionProof;
import io.mcpgovernor.verify.InclusionProver;
import io.mcpgovernor.verify.LogVerifier;
import io.mcpgovernor.verify.VerifyRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor audit prove}: a proof that a log holds a record, to be checked without it. */
@Command(
    name = "prove",
    description = "Writes a proof that the log holds a record, to be checked without the log.",
    footer = {
      "",
      "The proof holds the record, its path to the root of the log's tree, and a checkpoint of",
      "the log. Whoever has the log's public key checks it:",
      "  governor audit verify --proof FILE --key PUB",
      "Exit codes: 0 ok, 1 cannot read or write, 2 wrong usage, 5 it cannot be proved."
    },
    mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SEQ", description = "The record's seq.")
  private long seq;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "audit",
      description = "The log's directory. Default: ${DEFAULT-VALUE}.")
  private Path directory = Path.of("audit");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "A new file (*.tlog-proof), which only its owner can read; standard output if not given.")
  private @Nullable Path output;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      InclusionProof proof =
          InclusionProver.prove(directory, seq, LogVerifier.builder().part().build());
      write(proof.toText());
      return VerifyRequest.EXIT_OK;
    } catch (FileAlreadyExistsException e) {
      return failed(VerifyRequest.EXIT_UNREADABLE, e.getMessage() + " exists already");
    } catch (IOException e) {
      return failed(VerifyRequest.EXIT_UNREADABLE, e.getMessage());
    } catch (IllegalArgumentException e) {
      return failed(VerifyRequest.EXIT_FAILED, e.getMessage());
    }
  }

  private void write(String text) throws IOException {
    if (output == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
    } else {
      try (OutputStream file = OwnerFiles.create(output)) {
        file.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private int failed(int code, @Nullable String why) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("governor audit prove: " + why);
    err.flush();
    return code;
  }
}
