package io.mcpgovernor.audit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Another process that has to do with an audit log: starts it, and is its main class. */
final class AuditChild {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private AuditChild() {}

  /** Starts a process with a task of {@link #main}. Its standard output is to be read. */
  static Process start(String task, Path directory, String... before) throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            AuditChild.class.getName(),
            task,
            directory.toString()));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .directory(new File("."))
        .start();
  }

  static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Runs a task to its end and returns what it printed. */
  static List<String> run(String task, Path directory, String... before) throws Exception {
    Process process = start(task, directory, before);
    try (BufferedReader output = output(process)) {
      List<String> lines = output.lines().toList();
      process.waitFor();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "open" -> open(directory);
      case "hold" -> hold(directory);
      case "append" -> append(directory);
      case "fail" -> fail(directory);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Says whether the log can be opened. */
  private static void open(Path directory) {
    try {
      JsonlAuditLog.open(directory, Durability.FLUSH).close();
      OUT.println("opened");
    } catch (IOException e) {
      OUT.println(e.getMessage());
    }
  }

  /** Keeps the log open until its input ends. */
  private static void hold(Path directory) throws IOException {
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FLUSH);
    OUT.println("holding");
    while (System.in.read() >= 0) {
      // whoever started this process closes its input
    }
    log.close();
  }

  /** Appends from several threads without end, and reports each record that is kept. */
  private static void append(Path directory) throws IOException {
    // Small segments and many checkpoints, so that a kill meets every step.
    AuditOptions often =
        AuditOptions.builder()
            .segmentBytes(64 * 1_024)
            .checkpoints(50, Duration.ofSeconds(60))
            .build();
    JsonlAuditLog log = JsonlAuditLog.open(directory, often);
    String run = "run" + ProcessHandle.current().pid() + "-";
    for (int thread = 0; thread < 4; thread++) {
      String prefix = run + thread + "-";
      new Thread(
              () -> {
                for (int i = 0; ; i++) {
                  String name = prefix + i;
                  long seq = log.append(Records.named(name)).toCompletableFuture().join().seq();
                  OUT.println(seq + " " + name);
                }
              })
          .start();
    }
  }

  /** Appends until a file has taken all that it may, and the log goes on in the next. */
  private static void fail(Path directory) throws IOException {
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FSYNC);
    for (int i = 0; AuditDirectory.segments(directory).size() < 2; i++) {
      appendTogether(log, "full" + i);
    }
    log.close();
    OUT.println("done");
  }

  /** Appends records that are written in one go, since the log's own thread queues them. */
  private static void appendTogether(JsonlAuditLog log, String name) {
    List<CompletableFuture<AuditLog.Receipt>> batch = new ArrayList<>();
    Thread here = Thread.currentThread();
    for (int attempt = 0; batch.isEmpty(); attempt++) {
      String gate = name + "-gate" + attempt;
      CompletableFuture<AuditLog.Receipt> first =
          log.append(Records.named(gate)).toCompletableFuture();
      first
          .handle(
              (receipt, failure) -> {
                for (int i = 0; i < 50 && failure == null && Thread.currentThread() != here; i++) {
                  batch.add(log.append(Records.named(name + "-" + i)).toCompletableFuture());
                }
                return null;
              })
          .join();
      report(first, gate);
    }
    for (int i = 0; i < batch.size(); i++) {
      report(batch.get(i), name + "-" + i);
    }
  }

  private static void report(CompletableFuture<AuditLog.Receipt> receipt, String name) {
    try {
      OUT.println("kept " + receipt.join().seq() + " " + name);
    } catch (CompletionException e) {
      OUT.println("refused 0 " + name);
    }
  }
}
