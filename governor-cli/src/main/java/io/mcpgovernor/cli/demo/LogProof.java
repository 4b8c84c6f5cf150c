package io.mcpgovernor.cli.demo;

import io.mcpgovernor.audit.AuditKeys;
import io.mcpgovernor.cli.demo.Happening.Verified;
import io.mcpgovernor.verify.LogReport;
import io.mcpgovernor.verify.LogReport.Outcome;
import io.mcpgovernor.verify.LogReport.Problem;
import io.mcpgovernor.verify.LogVerifier;
import io.mcpgovernor.verify.VerificationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Has the logs verified by the independent verifier, as they are or with one byte changed. */
final class LogProof {
  private LogProof() {}

  /** Verifies the logs while they are open. */
  static Verified ofLogs(List<Path> directories) {
    return verified("the audit log", directories);
  }

  /** Verifies copies in one of which a single bit is not what was written. */
  static Verified ofChangedCopies(List<Path> directories) {
    try (TemporaryTree copies = TemporaryTree.named("mcp-governor-demo-copy-")) {
      List<Path> copied = new ArrayList<>();
      for (Path directory : directories) {
        if (Files.isDirectory(directory)) {
          String name = String.valueOf(directory.getFileName());
          copied.add(copied(directory, copies.path().resolve(name)));
        }
      }
      String changed = changeOneByte(copied.getFirst());
      return verified("a copy, " + changed, copied);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Verified verified(String what, List<Path> directories) {
    try {
      VerificationReport report =
          LogVerifier.builder()
              .build()
              .verify(directories.stream().filter(Files::isDirectory).toList());
      Optional<Problem> first =
          report.logs().stream()
              .map(LogReport::problems)
              .flatMap(List::stream)
              .filter(problem -> problem.file() != null)
              .findFirst();
      return new Verified(
          what,
          report.outcome() == Outcome.OK,
          report.records(),
          report.logs().stream().mapToLong(log -> log.checkpoints().count()).sum(),
          first.map(problem -> problem.file() + " line " + problem.line()).orElse(""),
          first.map(Problem::reason).orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log and its keys, which stand beside it. */
  private static Path copied(Path directory, Path copy) throws IOException {
    copyFiles(directory, copy);
    copyFiles(AuditKeys.beside(directory), AuditKeys.beside(copy));
    return copy;
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  /** Changes a letter in the middle of the oldest file; gives where. */
  private static String changeOneByte(Path directory) throws IOException {
    Path segment;
    try (Stream<Path> files = Files.list(directory)) {
      segment =
          files
              .filter(file -> file.toString().endsWith(".jsonl"))
              .sorted()
              .findFirst()
              .orElseThrow(() -> new IOException("there is no audit log in " + directory));
    }
    byte[] bytes = Files.readAllBytes(segment);
    int at = bytes.length / 2;
    while (bytes[at] < 'a' || bytes[at] > 'z') {
      at++;
    }
    bytes[at] ^= 1;
    Files.write(segment, bytes);
    return "byte " + at + " of " + segment.getFileName() + " changed";
  }
}
