package io.mcpgovernor.bench.audit;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import io.mcpgovernor.bench.TemporaryDirectory;
import io.mcpgovernor.verify.LogReport.Outcome;
import io.mcpgovernor.verify.LogVerifier;
import io.mcpgovernor.verify.VerificationReport;
import io.mcpgovernor.verify.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How many records a second are verified on one thread, with signatures, beside reading and hashing
 * the same bytes and doing nothing else with them.
 */
public final class VerifyBench {
  private static final double GOAL_PER_SECOND = 300_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int READ_BYTES = 1 << 20;

  private VerifyBench() {}

  /**
   * Writes a log into a temporary directory, about 600 bytes a record, and verifies it.
   *
   * @param records how many at least
   * @param rounds how often it is verified, after one time that does not count
   * @param progress told what comes next
   * @throws UncheckedIOException if the log cannot be written or read
   * @throws IllegalStateException if the log is not found to be whole
   */
  public static Report run(long records, int rounds, Consumer<String> progress) {
    try (TemporaryDirectory directory = new TemporaryDirectory()) {
      progress.accept("nothing yet: writing a log of " + records + " records");
      LogOfSize.Written log = LogOfSize.write(directory.path(), records);
      double[] verified = new double[rounds];
      double[] hashed = new double[rounds];
      progress.accept("verification");
      verify(directory.path(), log);
      hash(directory.path());
      for (int round = 0; round < rounds; round++) {
        long started = System.nanoTime();
        verify(directory.path(), log);
        verified[round] = perSecond(log.records(), started);
        started = System.nanoTime();
        hash(directory.path());
        hashed[round] = perSecond(log.records(), started);
      }
      Samples samples = Samples.of(verified);
      Samples bare = Samples.of(hashed);
      double perSecond = samples.median();
      Row goal =
          new Row(
              "verify a log (read and SHA-256)",
              "rec/s",
              perSecond,
              OptionalDouble.of(GOAL_PER_SECOND),
              perSecond >= GOAL_PER_SECOND,
              OptionalDouble.of(bare.median()),
              samples);
      double recordMegabytes = log.bytes() / 1e6 / log.records();
      Samples megabytes =
          Samples.of(Arrays.stream(verified).map(speed -> speed * recordMegabytes).toArray());
      return new Report(
          List.of(goal, Row.of("verify a log: bytes", "MB/s", megabytes.median(), megabytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double perSecond(long records, long started) {
    return records * NANOS_PER_SECOND / (System.nanoTime() - started);
  }

  private static void verify(Path directory, LogOfSize.Written log) throws IOException {
    VerificationReport report =
        LogVerifier.builder()
            .keys(List.of(VerifierKey.parse(log.verifierKey())))
            .build()
            .verify(List.of(directory));
    if (report.outcome() != Outcome.OK || report.records() != log.records()) {
      throw new IllegalStateException("the benchmark's log is not whole: " + report);
    }
  }

  /** What no verifier can do without. */
  private static void hash(Path directory) throws IOException {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    byte[] buffer = new byte[READ_BYTES];
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sha256.update(buffer, 0, read);
          }
        }
      }
    }
    if (sha256.digest().length == 0) {
      throw new IllegalStateException("a hash has bytes");
    }
  }
}
