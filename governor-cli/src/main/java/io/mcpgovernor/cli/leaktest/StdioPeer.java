package io.mcpgovernor.cli.leaktest;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that is a process, over its standard input and output. What it logs is passed on. */
final class StdioPeer implements Peer {
  private static final int WAITING_MAX = 10_000;
  private static final int GOODBYE_SECONDS = 5;

  /** Stands at the end of the process's output; no line of JSON is empty. */
  private static final String END = "";

  private final Process process;
  private final BufferedWriter out;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING_MAX);

  private StdioPeer(Process process) {
    this.process = process;
    this.out = process.outputWriter(StandardCharsets.UTF_8);
  }

  static StdioPeer start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    StdioPeer peer = new StdioPeer(process);
    Thread.ofPlatform().daemon().name("leaktest-reader").start(peer::read);
    return peer;
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          lines.put(line);
        }
      }
    } catch (IOException e) {
      // The end, like any other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lines.offer(END);
  }

  @Override
  public Received ask(long id, String request, Duration timeout) throws IOException {
    List<String> messages = new ArrayList<>();
    tell(request);
    long until = System.nanoTime() + timeout.toNanos();
    while (true) {
      String line = next(until);
      if (line == null) {
        return new Received(messages, false);
      }
      if (line.equals(END)) {
        throw new IOException("the server has ended");
      }
      messages.add(line);
      if (Peer.answers(line, id)) {
        return new Received(messages, true);
      }
      refuse(line);
    }
  }

  private @Nullable String next(long until) throws IOException {
    try {
      return lines.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** We offer nothing, but a server that asks gets an answer. */
  private void refuse(String message) throws IOException {
    Map<String, @Nullable Object> members = WireJson.object(WireJson.read(message));
    Object id = members.get("id");
    if (id != null && members.get("method") instanceof String method) {
      tell(
          WireJson.write(
              method.equals("ping")
                  ? Carrier.object("jsonrpc", "2.0", "id", id, "result", Map.of())
                  : Carrier.object(
                      "jsonrpc",
                      "2.0",
                      "id",
                      id,
                      "error",
                      Carrier.object("code", -32_601, "message", "not offered"))));
    }
  }

  @Override
  public void tell(String message) throws IOException {
    out.write(message);
    out.write('\n');
    out.flush();
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // It is gone already.
    }
    try {
      if (!process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
