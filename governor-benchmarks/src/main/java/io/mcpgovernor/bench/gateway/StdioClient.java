package io.mcpgovernor.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client that starts a stdio server and talks to it once. Not thread-safe; blocks. */
final class StdioClient implements AutoCloseable {
  private static final int ANSWER_SECONDS = 180;
  private static final int END_SECONDS = 10;
  private static final double NANOS_PER_MILLI = 1e6;

  private final long started;
  private final Process process;
  private final OutputStream out;
  private final BufferedReader in;
  private final Path errors;

  private StdioClient(long started, Process process, Path errors) {
    this.started = started;
    this.process = process;
    this.out = process.getOutputStream();
    this.in = process.inputReader(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  /**
   * Starts a server; does not wait for anything.
   *
   * @param directory for what it keeps between starts
   */
  static StdioClient start(List<String> words, Path directory) throws IOException {
    Path errors = directory.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
    builder.environment().put("XDG_STATE_HOME", directory.toString());
    builder.environment().put("LOCALAPPDATA", directory.toString());
    long started = System.nanoTime();
    return new StdioClient(started, builder.start(), errors);
  }

  /** Begins the session; milliseconds from the start of the process to the answer. */
  double initialize() throws IOException {
    tell(
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
        "capabilities":{},"clientInfo":{"name":"governor-bench","version":"1"}}}""");
    String answer = hear();
    double millis = (System.nanoTime() - started) / NANOS_PER_MILLI;
    if (!answer.contains("\"protocolVersion\"")) {
      throw new IOException("an unexpected answer to initialize: " + answer);
    }
    tell("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return millis;
  }

  /** Calls the tool once. */
  void call(int bytes) throws IOException {
    tell(
        """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo",\
        "arguments":{"bytes":%d}}}"""
            .formatted(bytes));
    String answer = hear();
    while (!answer.contains("\"id\":2")) { // the server may have something to say in between
      answer = hear();
    }
    if (!answer.contains("\"result\"") || answer.contains("\"isError\":true")) {
      throw new IOException("an unexpected answer to tools/call: " + answer);
    }
  }

  ProcessFigures figures() {
    return new ProcessFigures(process.toHandle());
  }

  private void tell(String message) throws IOException {
    out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String hear() throws IOException {
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("bench-stdout").start(() -> read(line));
    try {
      return line.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the server does not answer. It said: " + Files.readString(errors), e);
    }
  }

  private void read(CompletableFuture<String> line) {
    try {
      String read = in.readLine();
      if (read == null) {
        throw new IOException("the server has ended");
      }
      line.complete(read);
    } catch (IOException e) {
      line.completeExceptionally(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
