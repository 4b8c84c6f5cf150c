package io.mcpgovernor.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that runs as a process and says on standard error where it listens: {@code listening
 * http://...}. Ended politely when closed.
 */
final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final int START_SECONDS = 180; // on a machine that does much else
  private static final int END_SECONDS = 20;
  private static final int LINES_MAX = 40;

  private final Process process;
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final Deque<String> lastLines = new ArrayDeque<>();

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param environment beside what this process has
   * @throws IOException if it ends instead, or says nothing in time; with what it said
   */
  static ServerProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(nothing()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    ServerProcess server = new ServerProcess(builder.start());
    Thread.ofPlatform().daemon().name("bench-stderr").start(server::read);
    try {
      server.address.get(START_SECONDS, TimeUnit.SECONDS);
      return server;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.close();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      server.close();
      throw new IOException(command.get(0) + " does not listen. It said: " + server.said(), e);
    }
  }

  private static java.io.File nothing() {
    boolean isWindows = System.getProperty("os.name", "").startsWith("Windows");
    return new java.io.File(isWindows ? "NUL" : "/dev/null");
  }

  private void read() {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(LISTENING)) {
          address.complete(URI.create(line.substring(LISTENING.length()).strip()));
        }
        remember(line);
      }
    } catch (IOException e) {
      // The end, like any other.
    }
    address.completeExceptionally(new IOException("it ended"));
  }

  private void remember(String line) {
    synchronized (lastLines) {
      if (lastLines.size() == LINES_MAX) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }

  /** The last lines of its standard error. */
  String said() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }

  URI uri() {
    return address.join();
  }

  ProcessFigures figures() {
    return new ProcessFigures(process.toHandle());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
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
