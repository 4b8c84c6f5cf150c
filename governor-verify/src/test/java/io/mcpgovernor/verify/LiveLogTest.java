package io.mcpgovernor.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.verify.LogReport.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is written, rotated, compressed and thinned out while it is verified. */
final class LiveLogTest {
  private static final int SEGMENTS = 60;
  private static final int SEGMENTS_KEPT = 4;
  private static final int WRITE_BYTES = 397;

  private final SigningKey key = new SigningKey(WrittenLog.ORIGIN);

  @TempDir private Path temporary;

  @Test
  void aLogThatIsBeingWrittenIsNotTakenForABadOne() throws Exception {
    Path directory = Files.createDirectories(temporary.resolve("audit"));
    Files.createFile(directory.resolve(WrittenLog.name(1)));
    List<byte[]> segments = segments();
    AtomicBoolean isWritten = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          writer.submit(
              () -> {
                try {
                  for (Step step : steps(segments, directory)) {
                    step.run();
                  }
                } finally {
                  isWritten.set(true);
                }
                return null;
              });
      LogVerifier verifier = LogVerifier.builder().keys(List.of(key.verifier())).build();
      int readings = 0;
      while (!isWritten.get()) {
        LogReport report = verifier.verify(List.of(directory)).logs().get(0);
        // A reader on one core may find the files gone again and again; that is no bad record.
        assertThat(report.outcome()).as("%s", report.problems()).isNotEqualTo(Outcome.FAILED);
        readings++;
      }
      writing.get();
      assertThat(readings).isPositive();
      LogReport last = verifier.verify(List.of(directory)).logs().get(0);
      assertThat(last.outcome()).as("%s", last.problems()).isEqualTo(Outcome.OK);
      assertThat(last.records().segments()).isEqualTo(SEGMENTS_KEPT);
    } finally {
      writer.shutdownNow();
    }
  }

  @Test
  void whateverHappensBetweenTwoReadsALogThatIsBeingWrittenIsNotTakenForABadOne()
      throws IOException {
    Random random = new Random(1);
    List<byte[]> segments = segments();
    int readings = 0;
    int found = 0;
    for (int round = 0; round < 5; round++) {
      Path directory = Files.createDirectories(temporary.resolve("audit-" + round));
      Files.createFile(directory.resolve(WrittenLog.name(1)));
      Iterator<Step> steps = steps(segments, directory).iterator();
      while (steps.hasNext()) {
        LogVerifier verifier =
            LogVerifier.builder().progress((bytes, all) -> some(steps, random.nextInt(60))).build();
        some(steps, 1);
        LogReport report = verifier.verify(List.of(directory)).logs().get(0);
        assertThat(report.outcome()).as("%s", report.problems()).isNotEqualTo(Outcome.FAILED);
        readings++;
        found += report.outcome() == Outcome.OK ? 1 : 0;
      }
    }
    assertThat(readings).isGreaterThan(100);
    assertThat(found).isGreaterThan(readings / 2);
  }

  private static void some(Iterator<Step> steps, int count) {
    try {
      for (int i = 0; i < count && steps.hasNext(); i++) {
        steps.next().run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is to be written; each segment begins by saying which one will be deleted. */
  private List<byte[]> segments() {
    WrittenLog log = new WrittenLog(key);
    List<Integer> lastSeqs = new ArrayList<>();
    for (int segment = 0; segment < SEGMENTS; segment++) {
      if (segment > 0) {
        lastSeqs.add(log.size());
        log.rotate();
      }
      if (segment >= SEGMENTS_KEPT) {
        log.admin(
            "audit.retention", "{\"last_seq\":" + lastSeqs.get(segment - SEGMENTS_KEPT) + "}");
      }
      log.calls(30).checkpoint().calls(10);
    }
    return log.segments();
  }

  /** Something that the writer of a log does at once. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static List<Step> steps(List<byte[]> segments, Path directory) {
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i <= segments.size(); i++) {
      int number = i;
      Path file = directory.resolve(WrittenLog.name(number));
      byte[] bytes = segments.get(number - 1);
      for (int from = 0; from < bytes.length; from += WRITE_BYTES) {
        byte[] some = Arrays.copyOfRange(bytes, from, Math.min(from + WRITE_BYTES, bytes.length));
        steps.add(
            () -> Files.write(file, some, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        if (from == 25 * WRITE_BYTES) {
          steps.add(() -> afterTheFirstRecords(directory, number));
        }
      }
    }
    return steps;
  }

  private static void afterTheFirstRecords(Path directory, int number) throws IOException {
    if (number > 1) {
      Path plain = directory.resolve(WrittenLog.name(number - 1));
      Path unfinished = directory.resolve(WrittenLog.name(number - 1) + ".gz.tmp");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
        Files.copy(plain, out);
      }
      Files.move(
          unfinished,
          directory.resolve(WrittenLog.name(number - 1) + ".gz"),
          StandardCopyOption.ATOMIC_MOVE);
      Files.delete(plain);
    }
    if (number > SEGMENTS_KEPT) {
      Files.delete(directory.resolve(WrittenLog.name(number - SEGMENTS_KEPT) + ".gz"));
    }
  }

  @Test
  void whatWasAppendedSinceTheBeginningIsNotLookedAt() throws Exception {
    WrittenLog log = new WrittenLog(key).calls(10);
    byte[] whole = log.segments().get(0);
    Path directory = WrittenLog.write(List.of(whole), temporary.resolve("audit"));
    Path file = directory.resolve(WrittenLog.name(1));
    List<Segment> segments = LogFiles.segments(directory);
    Files.writeString(file, Files.readString(file) + "not a record\n", StandardCharsets.UTF_8);

    LogReport report =
        new LogVerification(
                directory,
                new TrustedKeys(List.of(), List.of()),
                new OutsideCheckpoints(List.of(), true),
                false,
                count -> {},
                LogListener.NONE)
            .run(segments);

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.records().count()).isEqualTo(10);
  }

  @Test
  void aFileThatIsCompressedMeanwhileIsReadAsFarAsItWasThere() throws Exception {
    WrittenLog log = new WrittenLog(key).calls(10);
    byte[] whole = log.segments().get(0);
    int cut = whole.length - 10;
    Path directory =
        WrittenLog.write(List.of(Arrays.copyOf(whole, cut)), temporary.resolve("audit"));
    List<Segment> segments = LogFiles.segments(directory);
    Files.write(directory.resolve(WrittenLog.name(1)), whole);
    WrittenLog.compress(directory, 1);

    LogReport report =
        new LogVerification(
                directory,
                new TrustedKeys(List.of(), List.of()),
                new OutsideCheckpoints(List.of(), true),
                false,
                count -> {},
                LogListener.NONE)
            .run(segments);

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.records().count()).isEqualTo(9);
    assertThat(report.tornTailBytes()).as("it was being written").isZero();
  }
}
