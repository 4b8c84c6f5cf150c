package io.mcpgovernor.verify;

import io.mcpgovernor.verify.LogReport.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor asks for on a command line.
 *
 * @param directories of logs, or with logs below them; {@code audit} if there is neither one nor a
 *     proof
 * @param keys files with public keys, directories of such, or keys
 * @param checkpoints files with checkpoints that were kept elsewhere
 * @param proof file with a proof to check; null if there is none
 * @param json whether the answer is for machines
 * @param part whether the directories hold parts of logs
 */
public record VerifyRequest(
    List<Path> directories,
    List<String> keys,
    List<Path> checkpoints,
    @Nullable Path proof,
    boolean json,
    boolean part) {
  /** All that was checked is right. */
  public static final int EXIT_OK = 0;

  /** Something could not be read. */
  public static final int EXIT_UNREADABLE = 1;

  /** The command makes no sense. */
  public static final int EXIT_USAGE = 2;

  /** Something is wrong with a log, a checkpoint or a proof. */
  public static final int EXIT_FAILED = 5;

  private static final Path DEFAULT_DIRECTORY = Path.of("audit");

  /** Copies the lists. */
  public VerifyRequest {
    directories = List.copyOf(directories);
    keys = List.copyOf(keys);
    checkpoints = List.copyOf(checkpoints);
  }

  /** Answers, and gives the exit code. */
  public int run(PrintWriter out, PrintWriter err) {
    if (proof != null && keys.isEmpty()) {
      return refused(err, EXIT_USAGE, "a proof is checked with the log's public key: give --key");
    }
    ProgressBar bar = ProgressBar.on(err);
    try {
      List<VerifierKey> given = new ArrayList<>();
      for (String key : keys) {
        given.addAll(KeyFiles.given(key));
      }
      List<Checkpoint> outside = new ArrayList<>();
      for (Path file : checkpoints) {
        outside.addAll(KeyFiles.checkpoints(file));
      }
      ProofReport proved = proof == null ? null : ProofReport.of(proof, given);
      VerificationReport report = logs(given, outside, bar);
      bar.clear();
      Outcome outcome = outcome(report, proved);
      if (json) {
        out.println(JsonReport.of(outcome, report, proved));
        out.flush();
      } else {
        TextReport.print(report, proved, out);
      }
      return exitCode(outcome);
    } catch (NoSuchFileException e) {
      return refused(err, EXIT_UNREADABLE, "there is no " + e.getMessage());
    } catch (AccessDeniedException e) {
      return refused(err, EXIT_UNREADABLE, "no permission to read " + e.getMessage());
    } catch (IllegalArgumentException | UnreadableLogException e) {
      return refused(err, EXIT_UNREADABLE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refused(err, EXIT_UNREADABLE, "cannot read: " + e);
    } finally {
      bar.clear();
    }
  }

  private VerificationReport logs(
      List<VerifierKey> given, List<Checkpoint> outside, ProgressBar bar) throws IOException {
    if (directories.isEmpty() && proof != null) {
      return new VerificationReport(List.of(), List.of());
    }
    LogVerifier.Builder verifier =
        LogVerifier.builder().keys(given).checkpoints(outside).progress(bar);
    if (part) {
      verifier.part();
    }
    return verifier
        .build()
        .verify(directories.isEmpty() ? List.of(DEFAULT_DIRECTORY) : directories);
  }

  private static Outcome outcome(VerificationReport report, @Nullable ProofReport proof) {
    if (proof == null) {
      return report.outcome();
    }
    return report.logs().isEmpty() || proof.outcome().compareTo(report.outcome()) > 0
        ? proof.outcome()
        : report.outcome();
  }

  private static int exitCode(Outcome outcome) {
    return switch (outcome) {
      case OK -> EXIT_OK;
      case UNREADABLE -> EXIT_UNREADABLE;
      case FAILED -> EXIT_FAILED;
    };
  }

  private int refused(PrintWriter err, int code, String why) {
    if (json) {
      err.println(new JsonText().open('{').field("error", why).close('}'));
    } else {
      err.println("verify: " + Printable.of(why));
    }
    err.flush();
    return code;
  }
}
