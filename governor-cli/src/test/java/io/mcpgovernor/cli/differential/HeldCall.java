package io.mcpgovernor.cli.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A call that runs until its test says that it may end, so that other calls find it running. The
 * tool makes a file and waits until it is gone.
 */
final class HeldCall {
  /** The file, in the directory in which the tool runs. */
  static final String FILE = "held";

  private static final int POLL_MILLIS = 5;
  private static final int CALLS_MEANWHILE = 10;

  /** So that nothing waits for a test that has ended. */
  private static final int SECONDS_MAX = 60;

  private final Path file;
  private final CompletableFuture<WireAnswer> answer;
  private int meanwhile;

  private HeldCall(Path file, CompletableFuture<WireAnswer> answer) {
    this.file = file;
    this.answer = answer;
  }

  /** Waits until it runs, or was answered without. */
  static HeldCall begun(Path directory, CompletableFuture<WireAnswer> answer)
      throws InterruptedException {
    Path file = directory.resolve(FILE);
    while (!Files.exists(file) && !answer.isDone()) {
      Thread.sleep(POLL_MILLIS);
    }
    return new HeldCall(file, answer);
  }

  /** Whether enough others were made meanwhile. */
  boolean isOverAfter(GeneratedCall call) {
    return !call.tool().equals(FixtureTool.HOLDS.toolName()) && ++meanwhile >= CALLS_MEANWHILE;
  }

  /** Lets it end, and waits for its answer. */
  void end() throws IOException {
    Files.deleteIfExists(file);
    answer.join();
  }

  /** The tool's side. */
  static void hold() {
    Path file = Path.of(FILE);
    try {
      Files.createFile(file);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
      while (Files.exists(file) && System.nanoTime() < end) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
